import type { LogItem, ServiceSummary, SpanDetail, TraceSummary } from '#proto/bridge/shapes';
import type { DecodedLogs, DecodedTraces } from '#proto/model/batch';
import type { Query } from '#proto/model/query';

/**
 * The store's narrow waist: questions and answers, no tables. One writer and any number of readers may be open on a data directory at a time; all calls are
 * synchronous, because each side lives in a worker of its own (`engine/`).
 */

/** One decoded request on its way into the store. */
export interface Append {
  /** SHA-256 of the uncompressed payload: a request that was sent twice, because its answer was lost, is stored once. */
  payloadHash: Uint8Array;
  /** When its last byte arrived, as nanoseconds since the Unix epoch. */
  receivedNs: bigint;
  records: { signal: 'traces'; decoded: DecodedTraces } | { signal: 'logs'; decoded: DecodedLogs };
}

export interface StoredCounts {
  traces: number;
  spans: number;
  logs: number;
  /** Bytes on disk, write-ahead log included. */
  bytes: number;
}

export interface TelemetryWriter {
  /**
   * Stores all of `batch` in one transaction that is on disk as far as `synchronous` promises when this returns (`openWriter` says how far). One entry a request, in
   * order: an Error where that request alone could not be stored. Throws `StoreUnavailableError` where nothing could be (disk full, locked): the client is to try again.
   */
  append(batch: readonly Append[]): (Error | undefined)[];
  /** Deletes the oldest records while the store is larger than allowed; a bounded piece of work a call. Returns whether there is more to do now; what the disk does not allow is left for a later call. */
  prune(): boolean;
  counts(): StoredCounts;
  close(): void;
}

/** Place of a trace in the order in which traces first arrived; never used again for another one. */
export type TraceOrdinal = number;

export interface TraceQuery {
  query: Query;
  limit: number;
  /** Only traces that arrived before this one. */
  before: TraceOrdinal | undefined;
}

export interface FoundTrace {
  ordinal: TraceOrdinal;
  summary: TraceSummary;
}

/** Place of a span among the spans of its trace: by start, then by arrival. */
export interface SpanPosition {
  startNs: bigint;
  /** Tells spans apart that start at the same time. */
  id: number;
}

export interface FoundSpan extends SpanPosition {
  span: SpanDetail;
}

/** What a timeline needs of a span. */
export interface SpanOutline {
  spanId: string;
  /** Empty for a root. */
  parentSpanId: string;
  /** From the earliest start in the trace; exact up to 2^53, like the duration. */
  offsetNs: number;
  /** Negative where a span ends before it starts. */
  durationNs: number;
  name: string;
  serviceName: string;
  kind: number;
  statusCode: number;
  statusMessage: string;
  eventCount: number;
}

/** When something happened inside a span. */
export interface EventMoment {
  spanId: string;
  /** From the earliest start in the trace, like a span's. */
  offsetNs: number;
  isException: boolean;
}

/** Place of a log record by effective time, then by arrival. */
export interface LogPosition {
  effectiveTimeNs: bigint;
  id: number;
}

export interface LogQuery {
  query: Query;
  limit: number;
  traceId: string | undefined;
  spanId: string | undefined;
  minSeverity: number;
  order: 'newest' | 'oldest';
  /** Only records that come later than this one in the order asked for. */
  after: LogPosition | undefined;
}

export interface FoundLog extends LogPosition {
  log: LogItem;
}

export interface TelemetryReader {
  /** Everything that `question` asks, it asks of one unchanging state of the store. */
  snapshot<Answer>(question: () => Answer): Answer;
  /** Newest first. */
  findTraces(query: TraceQuery): FoundTrace[];
  /** `undefined` where no span of the trace is stored. */
  traceSummary(traceId: string): TraceSummary | undefined;
  /** In order of start; empty where no span of the trace is stored, here and below. */
  outlines(traceId: string): SpanOutline[];
  /** Events of the first spans, at most `limit`. */
  eventMoments(traceId: string, limit: number): EventMoment[];
  spans(traceId: string, limit: number, after: SpanPosition | undefined): FoundSpan[];
  span(traceId: string, spanId: string): SpanDetail | undefined;
  findLogs(query: LogQuery): FoundLog[];
  /** By its place in the order of arrival. */
  log(id: number): LogItem | undefined;
  /** Log records of a trace by span id; the empty id for records that name the trace but no span. */
  logCounts(traceId: string): Map<string, number>;
  services(): ServiceSummary[];
  counts(): StoredCounts;
  close(): void;
}

/** The store cannot take or give anything now, but may later: OTLP's retryable answers. */
export class StoreUnavailableError extends Error {
  override name = 'StoreUnavailableError';
}

/** Another process writes this data directory. */
export class DataDirectoryInUseError extends Error {
  override name = 'DataDirectoryInUseError';
}

/** The file where the store should be belongs to another program. It has not been touched. */
export class ForeignDatabaseError extends Error {
  override name = 'ForeignDatabaseError';
}

/** The store was written by a newer Sidelight. It has not been touched. */
export class NewerStoreError extends Error {
  override name = 'NewerStoreError';
}
