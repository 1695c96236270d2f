import { z } from 'zod';
import { AnyValue, KeyValue } from './any-value.ts';
import { UnixNano } from './time.ts';

/**
 * One log record with every field of logs.proto `LogRecord` under its OTLP/JSON name. `body` is absent where none was sent. An invalid trace or span
 * id leaves the field empty: the record is kept, unassociated (logs.proto `trace_id`).
 */
export const LogRecord = z.object({
  timeUnixNano: UnixNano,
  observedTimeUnixNano: UnixNano,
  severityNumber: z.int(),
  severityText: z.string(),
  body: AnyValue.optional(),
  attributes: z.array(KeyValue),
  droppedAttributesCount: z.int(),
  flags: z.int(),
  traceId: z.string(),
  spanId: z.string(),
  eventName: z.string(),
});
export type LogRecord = z.infer<typeof LogRecord>;

/** Lowest number of each severity range (logs.proto `SeverityNumber`; logs data model, "Displaying Severity"). */
export const severityRanges = [
  { name: 'TRACE', from: 1 },
  { name: 'DEBUG', from: 5 },
  { name: 'INFO', from: 9 },
  { name: 'WARN', from: 13 },
  { name: 'ERROR', from: 17 },
  { name: 'FATAL', from: 21 },
] as const;

export type SeverityName = (typeof severityRanges)[number]['name'];
