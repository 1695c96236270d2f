import { z } from 'zod';
import { LogRecord } from '../model/log.ts';
import { Resource, Scope } from '../model/resource.ts';
import { Span } from '../model/span.ts';
import { UnixNano } from '../model/time.ts';
import { DoctorReport } from './doctor.ts';

/** What crosses the bridge, apart from OpenTelemetry's own records. Names of items follow OTLP/JSON (`startTimeUnixNano`), so that a program needs one vocabulary. */

/** A list is paged by an opaque cursor: pass `nextCursor` back to go on; absent means the list has ended. */
const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** Decimal nanoseconds that may be negative: a span may end before it starts. */
const Nanos = z.string().regex(/^-?\d{1,20}$/);

export const ServiceSummary = z.object({
  /** `service.name`; empty where the resource carries none. */
  name: z.string(),
  /** `service.namespace`, part of a service's identity; empty where there is none. */
  namespace: z.string(),
  spanCount: z.int(),
  errorCount: z.int(),
  logCount: z.int(),
  /** When Sidelight last received anything of it. */
  lastSeenUnixNano: UnixNano,
  /** `telemetry.sdk.language`, where known. */
  language: z.string(),
});
export type ServiceSummary = z.infer<typeof ServiceSummary>;
export const ServiceList = z.object({ items: z.array(ServiceSummary) });

/** A file, and when it was read. */
export const TraceOrigin = z.object({ importId: z.int(), name: z.string(), importedTimeUnixNano: UnixNano });
export type TraceOrigin = z.infer<typeof TraceOrigin>;

export const TraceSummary = z.object({
  traceId: z.string(),
  /** Name and service of the root span; of the earliest span while no root has arrived (`hasRoot` is false then). */
  rootName: z.string(),
  rootService: z.string(),
  hasRoot: z.boolean(),
  startTimeUnixNano: UnixNano,
  /** From the earliest start to the latest end; never negative. */
  durationNano: Nanos,
  spanCount: z.int(),
  errorCount: z.int(),
  logCount: z.int(),
  services: z.array(z.object({ name: z.string(), spanCount: z.int(), errorCount: z.int() })),
  /** When its first span arrived here: what the list is ordered by, so that nothing moves when late spans come. */
  receivedTimeUnixNano: UnixNano,
  /** Whether retention leaves it alone. */
  pinned: z.boolean(),
  /** The files that spans of it came from; absent where all were received. */
  importedFrom: z.array(TraceOrigin).optional(),
});
export type TraceSummary = z.infer<typeof TraceSummary>;
export const TracePage = page(TraceSummary);
export type TracePage = z.infer<typeof TracePage>;

/** A span with the resource and scope that it came under. */
export const SpanDetail = Span.extend({ resource: Resource, scope: Scope });
export type SpanDetail = z.infer<typeof SpanDetail>;

export const TraceSpans = z.object({
  traceId: z.string(),
  summary: TraceSummary,
  spans: z.array(SpanDetail),
  nextCursor: z.string().optional(),
});
export type TraceSpans = z.infer<typeof TraceSpans>;

/** More events of one trace are counted, not placed: nobody could tell them apart in a timeline. */
export const mostEvents = 20_000;

/**
 * A trace's structure in columns, one entry a span in order of start: what a timeline needs to draw, and nothing else. Attributes, events and links of one
 * span are asked for when it is looked at.
 */
export const TraceStructure = z.object({
  summary: TraceSummary,
  /** Interned strings that `name`, `service` and `statusMessage` point into. */
  strings: z.array(z.string()),
  spanId: z.array(z.string()),
  /** Row of the parent in these columns; -1 for a root, -2 for a parent that has not arrived. May form cycles: what was sent is not judged here. */
  parent: z.array(z.int()),
  /** Nanoseconds from the trace's start; exact up to 104 days. */
  offsetNs: z.array(z.number()),
  /** Nanoseconds; negative where a span ends before it starts. */
  durationNs: z.array(z.number()),
  name: z.array(z.int()),
  service: z.array(z.int()),
  kind: z.array(z.int()),
  statusCode: z.array(z.int()),
  statusMessage: z.array(z.int()),
  eventCount: z.array(z.int()),
  logCount: z.array(z.int()),
  /**
   * The events, one entry an event: the row of its span, its nanoseconds from the trace's start, and 1 where it carries an exception. Those of the first spans, as many as
   * `mostEvents`; `eventCount` is right all the same.
   */
  eventSpan: z.array(z.int()),
  eventOffsetNs: z.array(z.number()),
  eventIsException: z.array(z.int()),
});
export type TraceStructure = z.infer<typeof TraceStructure>;

export const LogItem = LogRecord.extend({
  /** Position in the order of arrival: the identity of a record, which OTLP gives none. */
  id: z.string(),
  /**
   * The trace and span that the record belongs to: its own fields, else what a logging integration left in attributes (`otelTraceID`, `trace_id`, …).
   * `traceId` and `spanId` are as sent.
   */
  contextTraceId: z.string(),
  contextSpanId: z.string(),
  /** `timeUnixNano`, else `observedTimeUnixNano`, else the time of arrival. */
  effectiveTimeUnixNano: UnixNano,
  serviceName: z.string(),
  resource: Resource,
  scope: Scope,
});
export type LogItem = z.infer<typeof LogItem>;
export const LogPage = page(LogItem);
export type LogPage = z.infer<typeof LogPage>;

export const ReceiverProtocol = z.enum(['grpc', 'http']);
export type ReceiverProtocol = z.infer<typeof ReceiverProtocol>;

export const ReceiverStatus = z.object({
  protocol: ReceiverProtocol,
  port: z.int(),
  state: z.enum(['listening', 'port-taken', 'failed']),
  /** Where to send, e.g. `http://localhost:4317`. */
  url: z.string(),
  /** In plain words what is wrong and what to do; empty while listening. */
  message: z.string(),
  /** A port that was free a moment ago, offered where this one is taken. */
  freePort: z.int().optional(),
});
export type ReceiverStatus = z.infer<typeof ReceiverStatus>;

export const EngineStatus = z.object({
  version: z.string(),
  receivers: z.array(ReceiverStatus),
  /** What is stored now, and what came in since the start. */
  stored: z.object({ traces: z.int(), spans: z.int(), logs: z.int(), bytes: z.int(), maxBytes: z.int() }),
  received: z.object({
    requests: z.int(),
    rejectedRecords: z.int(),
    /** Metric data points that were accepted and counted, but which no view stores yet. */
    metricPointsNotStored: z.int(),
  }),
  /** Set where the receivers also listen on addresses that others than this machine reach; what is sent to those needs `Authorization: Bearer TOKEN`. */
  beyondLoopback: z.object({ addresses: z.array(z.string()), token: z.string() }).optional(),
  dataDirectory: z.string(),
  /** What a person should know, in plain words: a damaged file that was moved aside, a full disk. Newest last. */
  notices: z.array(z.object({ id: z.string(), severity: z.enum(['info', 'warning', 'error']), message: z.string() })),
  doctor: DoctorReport,
});
export type EngineStatus = z.infer<typeof EngineStatus>;

/** Facts, never records: the data is newer than what was shown, ask again if it matters. At most ten a second. */
export const ChangeEvent = z.object({
  /** Grows with every commit; equal numbers mean equal data. */
  version: z.int(),
  traces: z.int(),
  spans: z.int(),
  logs: z.int(),
});
export type ChangeEvent = z.infer<typeof ChangeEvent>;
