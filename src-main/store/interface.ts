import type { Operation } from '#proto/bridge/operation-latency';
import type { LogItem, ServiceSummary, SpanDetail, TraceSummary } from '#proto/bridge/shapes';
import type { TraceColumns } from '#proto/bridge/trace-columns';
import type { TraceOverview } from '#proto/bridge/trace-overview';
import type { Query } from '#proto/model/query';
import type { Subject } from '#proto/model/query-fields';
import type { WalkedLogs, WalkedSpans } from '#main/decode/walk/walked';
import type { FoundOperations } from './read/operation-spans.ts';
import type { StoredRun } from './read/service-runs.ts';

/**
 * The store's narrow waist: questions and answers, no tables. One writer and any number of readers may be open on a data directory at a time; all calls are
 * synchronous, because each side lives in a worker of its own (`engine/`).
 */

/** One admitted request on its way into the store. */
export interface Append {
  /** SHA-256 of the uncompressed payload: a request that was sent twice, because its answer was lost, is stored once. */
  payloadHash: Uint8Array;
  /** When its last byte arrived, as nanoseconds since the Unix epoch. */
  receivedNs: bigint;
  records: AppendedRecords;
  /** Of a file (`beginImport`); absent for what was received. */
  importId?: number;
}

/** `complete`: all of it was read. `interrupted`: the app ended meanwhile; what had been read is there. `removing`: it is being taken out. */
export type ImportState = 'reading' | 'complete' | 'interrupted' | 'removing';

/** A file whose records are, or were to be, stored. */
export interface StoredImport {
  /** From 1; never given twice. */
  id: number;
  name: string;
  importedNs: bigint;
  /** Of the file. */
  bytes: number;
  state: ImportState;
  /** What `finishImport` was given; empty before. */
  report: string;
  /** Records that are stored now. */
  spans: number;
  logs: number;
}

export interface NewImport {
  name: string;
  importedNs: bigint;
  bytes: number;
}

/** In pieces that are fit for a chunk each (`decode/walk/admit.ts`). */
export type AppendedRecords = { signal: 'traces'; pieces: readonly WalkedSpans[] } | { signal: 'logs'; pieces: readonly WalkedLogs[] };

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
  /**
   * What can wait until requests are answered: indexes chunks that are full, and deletes the oldest records while the store is larger or older than allowed. A bounded piece of work a
   * call, to be asked for after each commit and now and then. Returns whether there is more to do now; what the disk does not allow is left for a later call.
   */
  prune(): boolean;
  counts(): StoredCounts;
  /** A pinned trace outlives retention. False where no span of it is stored. */
  pin(traceId: string, pinned: boolean): boolean;
  /** Returns the id under which to append the records of a file. */
  beginImport(file: NewImport): number;
  /** Says which file it is, by its SHA-256. Returns the import of the very same file that is stored already, if there is one: it need not be stored again. */
  recognizeImport(id: number, fileHash: Uint8Array): number | undefined;
  /** Nothing more comes of it. */
  finishImport(id: number, report: string): void;
  /**
   * Takes out everything that came with a file, also of pinned traces: a pin keeps a trace from retention, not from a person. A bounded piece of work a call; returns whether there
   * is more to do, which `prune` does as well. False where there is no such import.
   */
  removeImport(id: number): boolean;
  close(): void;
}

/** Place of a trace in the order in which traces first arrived; never used again for another one. */
export type TraceOrdinal = number;

/** Times of arrival in nanoseconds since the Unix epoch, `toNs` not included; absent where the range has no such end. */
export interface ArrivalRange {
  fromNs?: bigint | undefined;
  toNs?: bigint | undefined;
}

export interface TraceQuery {
  query: Query;
  limit: number;
  /** Only traces with spans of this file, and of their spans only those. */
  importId?: number | undefined;
  /** Only traces that arrived before this one. */
  before: TraceOrdinal | undefined;
  /** Only traces whose first span arrived then. */
  arrived?: ArrivalRange;
}

export interface TraceOverviewQuery {
  query: Query;
  arrived: ArrivalRange;
  /** How many the histogram may have. */
  buckets: number;
  points: number;
  /** How many spans facets are counted of, about; none of 0. */
  facetSpans: number;
  /** How many traces that meet the query are looked at. */
  mostFound: number;
  /** How many traces are counted where all meet it. */
  mostCounted: number;
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

/** Attributes of the spans of a trace. */
export interface SpanAttributes {
  /** Most frequent first. */
  keys: { key: string; spanCount: number; resourceSpanCount: number }[];
  /** One entry a key that was asked for: the spans that have it, in order of start, and what their values are in `strings`. */
  columns: { strings: string[]; spanId: string[]; value: number[] }[];
}

/** Texts that records have, and how many of them have each. */
export interface CountedTexts {
  counts: ReadonlyMap<string, number>;
  /** Records that were looked at. */
  lookedAt: number;
}

export interface TelemetryReader {
  /** Everything that `question` asks, it asks of one unchanging state of the store. */
  snapshot<Answer>(question: () => Answer): Answer;
  /** Newest first. */
  findTraces(query: TraceQuery): FoundTrace[];
  traceOverview(query: TraceOverviewQuery): TraceOverview;
  /** `undefined` where no span of the trace is stored. */
  traceSummary(traceId: string): TraceSummary | undefined;
  /** What a timeline needs, in order of start; `undefined` where no span of the trace is stored. A span that was sent twice is there once, as it came last. */
  traceColumns(traceId: string): TraceColumns | undefined;
  /** In order of start; empty where no span of the trace is stored. */
  spans(traceId: string, limit: number, after: SpanPosition | undefined): FoundSpan[];
  span(traceId: string, spanId: string): SpanDetail | undefined;
  /** `keys`: those whose values are wanted. `undefined` where no span of the trace is stored. */
  spanAttributes(traceId: string, keys: readonly string[]): SpanAttributes | undefined;
  /** Stored spans with a link to the trace, or to that span of it, those that arrived last first. The trace itself need not be stored. */
  backlinks(traceId: string, spanId: string | undefined, limit: number): SpanDetail[];
  /**
   * Durations in nanoseconds of the newest stored spans of an operation, newest first, as many as `limit`; rounded down by less than 0.2 %, 0 for spans that end before they start. A span that was sent
   * twice counts twice.
   */
  operationDurations(operation: Operation, limit: number): Float64Array;
  findLogs(query: LogQuery): FoundLog[];
  /** By its place in the order of arrival. */
  log(id: number): LogItem | undefined;
  /** Log records of a trace by span id; the empty id for records that name the trace but no span. */
  logCounts(traceId: string): Map<string, number>;
  services(): ServiceSummary[];
  /** Keys of attributes among the newest records, a bounded number of them; so too the values of one, and names of spans. */
  attributeKeys(subject: Subject): CountedTexts;
  attributeValues(subject: Subject, key: string): CountedTexts;
  spanNames(): CountedTexts;
  /** Spans of some traces by what they do, at most `limit` of them. */
  operationSpans(traces: ReadonlySet<TraceOrdinal>, limit: number): FoundOperations;
  /** Processes of a service, the one that began last first. */
  serviceRuns(service: string): StoredRun[];
  /** Newest first. */
  imports(): StoredImport[];
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
