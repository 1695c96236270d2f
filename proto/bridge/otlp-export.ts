import { z } from 'zod';
import { KeyValue } from '../model/any-value.ts';
import { EntityRef } from '../model/resource.ts';

/** Stored records as OTLP/JSON (OTLP specification, "JSON Protobuf Encoding"): fields that have their default value are left out, 64-bit numbers are decimal strings. */

const envelope = { schemaUrl: z.string().optional() };

const OtlpResource = z.object({
  attributes: z.array(KeyValue).optional(),
  droppedAttributesCount: z.int().optional(),
  entityRefs: z.array(EntityRef).optional(),
});

const OtlpScope = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  attributes: z.array(KeyValue).optional(),
  droppedAttributesCount: z.int().optional(),
});

/** The fields of trace.proto `Span` or logs.proto `LogRecord`. */
const OtlpRecord = z.record(z.string(), z.unknown());

export const ResourceSpans = z.object({
  resource: OtlpResource,
  ...envelope,
  scopeSpans: z.array(z.object({ scope: OtlpScope, ...envelope, spans: z.array(OtlpRecord) })),
});
export type ResourceSpans = z.infer<typeof ResourceSpans>;

export const ResourceLogs = z.object({
  resource: OtlpResource,
  ...envelope,
  scopeLogs: z.array(z.object({ scope: OtlpScope, ...envelope, logRecords: z.array(OtlpRecord) })),
});
export type ResourceLogs = z.infer<typeof ResourceLogs>;

/** A page of a trace: `TracesData`, or `LogsData` behind its last span. `nextCursor` says that there is more, and is no field of OTLP. */
export const OtlpPage = z.object({
  resourceSpans: z.array(ResourceSpans).optional(),
  resourceLogs: z.array(ResourceLogs).optional(),
  nextCursor: z.string().optional(),
});
export type OtlpPage = z.infer<typeof OtlpPage>;
