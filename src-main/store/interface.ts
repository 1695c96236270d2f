import type { LogPage, ServiceSummary, SpanDetail, TracePage, TraceSpans, TraceStructure } from '#proto/bridge/shapes';
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
   * Stores all of `batch` in one transaction that is on disk as far as `synchronous` promises when this returns. One entry a request, in order: an Error where that
   * request alone could not be stored. Throws `StoreUnavailableError` where nothing could be (disk full, locked): the client is to try again.
   */
  append(batch: readonly Append[]): (Error | undefined)[];
  /** Deletes the oldest records while the file is larger than allowed; a bounded piece of work a call. Returns whether there is more to do. */
  prune(): boolean;
  counts(): StoredCounts;
  close(): void;
}

export interface TraceQuery {
  query: Query;
  limit: number;
  cursor: string | undefined;
}

export interface LogQuery extends TraceQuery {
  traceId: string | undefined;
  spanId: string | undefined;
  minSeverity: number;
  order: 'newest' | 'oldest';
}

export interface TelemetryReader {
  searchTraces(query: TraceQuery): TracePage;
  /** `undefined` where no span of the trace is stored, here and below. */
  openTrace(traceId: string): TraceStructure | undefined;
  traceSpans(traceId: string, limit: number, cursor: string | undefined): TraceSpans | undefined;
  span(traceId: string, spanId: string): SpanDetail | undefined;
  searchLogs(query: LogQuery): LogPage;
  services(): ServiceSummary[];
  counts(): StoredCounts;
  close(): void;
}

/** The store cannot take or give anything now, but may later: OTLP's retryable answers. */
export class StoreUnavailableError extends Error {
  override name = 'StoreUnavailableError';
}
