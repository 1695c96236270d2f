import Database from 'better-sqlite3';
import type { Operation } from '#proto/bridge/operation-latency';
import type { LogItem, ServiceSummary, SpanDetail, TraceSummary } from '#proto/bridge/shapes';
import type { TraceColumns } from '#proto/bridge/trace-columns';
import type { TraceOverview } from '#proto/bridge/trace-overview';
import type { Subject } from '#proto/model/query-fields';
import { walkSpans } from '#main/decode/walk/walk-spans';
import type { WalkedSpans } from '#main/decode/walk/walked';
import { Counts } from '../counts.ts';
import { pathsIn } from '../data-directory.ts';
import type { SpanEntry } from '../index/entries.ts';
import { readSpanEntry } from '../index/span-entry.ts';
import {
  StoreUnavailableError,
  type CountedTexts,
  type FoundLog,
  type FoundSpan,
  type FoundTrace,
  type LogQuery,
  type SpanAttributes,
  type SpanPosition,
  type StoredCounts,
  type StoredImport,
  type TelemetryReader,
  type TraceOrdinal,
  type TraceOverviewQuery,
  type TraceQuery,
} from '../interface.ts';
import { schemaVersion } from '../schema.ts';
import { outward } from '../sqlite-errors.ts';
import { findBacklinks } from './backlinks.ts';
import { ChunkContents } from './chunk-content.ts';
import { Completions } from './completions/completions.ts';
import { findTraces } from './find-traces.ts';
import { GroupEntries } from './group-entries.ts';
import { GroupFilters } from './group-filter.ts';
import { Imports } from './imports.ts';
import { Logs } from './logs/logs.ts';
import { NewestOrdinals } from './newest-ordinals.ts';
import { operationDurations } from './operation-durations.ts';
import { Overviews } from './overview/overviews.ts';
import { operationSpans, type FoundOperations } from './operation-spans.ts';
import { ServiceRuns, type StoredRun } from './service-runs.ts';
import { Services } from './services.ts';
import { SourceIds } from './source-ids.ts';
import { MatchingSources, SourceRecords } from './source-records.ts';
import { traceAttributes } from './trace-attributes.ts';
import { traceColumns } from './trace-columns.ts';
import { TraceGroups } from './trace-groups.ts';
import { TraceSpans } from './trace-spans.ts';
import { traceSummary } from './trace-summary.ts';
import { Traces, type StoredTrace } from './traces.ts';
import type { Unsealed } from './unsealed.ts';
import { unsealedSpans, type UnsealedSpans } from './unsealed-spans.ts';

/** Opens the store of a data directory for reading; a writer has to have been there before. Throws `StoreUnavailableError`. */
export function openReader(dataDirectory: string): TelemetryReader {
  const paths = pathsIn(dataDirectory);
  try {
    const db = new Database(paths.database, { readonly: true, fileMustExist: true, timeout: 5000 });
    try {
      db.pragma('query_only = ON');
      db.pragma('trusted_schema = OFF');
      if (Number(db.pragma('user_version', { simple: true })) !== schemaVersion)
        throw new StoreUnavailableError('The store is of another version of Sidelight.');
      return new ChunkReader(db, new Counts(db, paths));
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    throw outward(error);
  }
}

/** Entries in memory: those of ten million spans. */
const maxEntryBytes = 96 * 1024 * 1024;
/** Decompressed chunks in memory. */
const maxContentBytes = 48 * 1024 * 1024;
/** A trace of more spans is read again for every question about it. */
const maxRememberedSpans = 200_000;

class ChunkReader implements TelemetryReader {
  readonly #db: Database.Database;
  readonly #counts: Counts;
  readonly #sources: SourceRecords;
  readonly #filters: GroupFilters;
  readonly #entries: GroupEntries<SpanEntry>;
  readonly #contents: ChunkContents<WalkedSpans>;
  readonly #groups: TraceGroups;
  readonly #unsealed: Unsealed<UnsealedSpans>;
  readonly #traces: Traces;
  readonly #logs: Logs;
  readonly #services: Services;
  readonly #serviceRuns: ServiceRuns;
  readonly #overviews: Overviews;
  readonly #imports: Imports;
  readonly #completions: Completions;
  readonly #dataVersion;
  /** State of the database of which `#groups` and `#unsealed` know, and that of which `#logs` does. */
  #knownVersion: number | undefined;
  #logsVersion: number | undefined;
  /** The one that was asked for last: whoever opens a trace asks for its spans next. */
  #lastTrace: TraceSpans | undefined;

  constructor(db: Database.Database, counts: Counts) {
    const sourceIds = new SourceIds(db);
    this.#db = db;
    this.#counts = counts;
    this.#sources = new SourceRecords(db);
    this.#filters = new GroupFilters(db);
    this.#entries = new GroupEntries(db, readSpanEntry, maxEntryBytes);
    this.#contents = new ChunkContents(db, walkSpans, maxContentBytes);
    this.#groups = new TraceGroups(db);
    this.#unsealed = unsealedSpans(db, this.#contents, sourceIds);
    this.#traces = new Traces(db, this.#unsealed);
    this.#logs = new Logs(db, this.#sources, sourceIds, this.#filters);
    this.#services = new Services(db, this.#unsealed);
    this.#serviceRuns = new ServiceRuns(db);
    this.#overviews = new Overviews(db, this.#traces, this.#sources, this.#contents);
    this.#imports = new Imports(db);
    this.#completions = new Completions(db, { traces: (id) => this.#contents.of(id).walked, logs: (id) => this.#logs.walked(id) });
    this.#dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  snapshot<Answer>(question: () => Answer): Answer {
    if (this.#db.inTransaction) return question();
    try {
      return this.#db
        .transaction(() => {
          this.#refresh();
          return question();
        })
        .deferred();
    } catch (error) {
      throw outward(error);
    }
  }

  /** Takes notice of what was committed since the last question. */
  #refresh(): void {
    const version = this.#dataVersion.get();
    if (version === this.#knownVersion) return;
    this.#groups.refresh();
    this.#unsealed.refresh();
    this.#traces.refresh();
    this.#imports.refresh();
    this.#knownVersion = version;
  }

  /** As of now. Not every question is about log records, and unsealed ones are walked for this. */
  get #currentLogs(): Logs {
    if (this.#logsVersion !== this.#knownVersion) this.#logs.refresh();
    this.#logsVersion = this.#knownVersion;
    return this.#logs;
  }

  findTraces({ query, limit, importId, before, arrived }: TraceQuery): FoundTrace[] {
    return this.snapshot(() => {
      const found = new NewestOrdinals(limit, this.#traces.living(before, arrived));
      if (importId === undefined && query.kind === 'and' && query.of.length === 0) this.#traces.newest(found, limit, arrived);
      else findTraces(query, this.#spanChunks(importId), new MatchingSources(this.#sources), found);
      return found.newestFirst().flatMap((ordinal) => {
        const trace = this.#traces.read(ordinal);
        return trace === undefined ? [] : [{ ordinal, summary: this.#summary(trace, ordinal) }];
      });
    });
  }

  traceOverview(query: TraceOverviewQuery): TraceOverview {
    return this.snapshot(() => this.#overviews.read(query, this.#spanChunks()));
  }

  traceSummary(traceId: string): TraceSummary | undefined {
    return this.#ofTrace(traceId, (ordinal) => {
      const trace = this.#traces.read(ordinal);
      return trace && this.#summary(trace, ordinal);
    });
  }

  traceColumns(traceId: string): TraceColumns | undefined {
    return this.#ofTrace(traceId, (ordinal, id) =>
      traceColumns(this.#spansOf(ordinal, id), {
        traceId: id,
        arrival: this.#traces.arrivalOf(ordinal),
        origins: this.#originsOf(ordinal),
        logCount: this.#currentLogs.countOf(id),
        logCounts: this.#currentLogs.countBySpan(traceId),
      }),
    );
  }

  spans(traceId: string, limit: number, after: SpanPosition | undefined): FoundSpan[] {
    return this.#ofTrace(traceId, (ordinal, id) => this.#spansOf(ordinal, id).page(limit, after)) ?? [];
  }

  span(traceId: string, spanId: string): SpanDetail | undefined {
    return this.#ofTrace(traceId, (ordinal, id) => this.#spansOf(ordinal, id).find(spanId));
  }

  spanAttributes(traceId: string, keys: readonly string[]): SpanAttributes | undefined {
    return this.#ofTrace(traceId, (ordinal, id) => traceAttributes(this.#spansOf(ordinal, id), keys));
  }

  backlinks(traceId: string, spanId: string | undefined, limit: number): SpanDetail[] {
    const target = { traceId: Buffer.from(traceId, 'hex'), spanId: spanId === undefined ? undefined : Buffer.from(spanId, 'hex') };
    return this.snapshot(() => findBacklinks(target, limit, this.#spanChunks(), this.#traces.living(undefined)));
  }

  operationDurations(operation: Operation, limit: number): Float64Array {
    return this.snapshot(() =>
      operationDurations(operation, limit, this.#spanChunks(), new MatchingSources(this.#sources), this.#traces.living(undefined)),
    );
  }

  findLogs(query: LogQuery): FoundLog[] {
    return this.snapshot(() => this.#currentLogs.find(query));
  }

  log(id: number): LogItem | undefined {
    return this.snapshot(() => this.#currentLogs.read(id));
  }

  logCounts(traceId: string): Map<string, number> {
    return this.snapshot(() => this.#currentLogs.countBySpan(traceId));
  }

  attributeKeys(subject: Subject): CountedTexts {
    return this.snapshot(() => this.#completions.keys(subject));
  }

  attributeValues(subject: Subject, key: string): CountedTexts {
    return this.snapshot(() => this.#completions.values(subject, key));
  }

  spanNames(): CountedTexts {
    return this.snapshot(() => this.#completions.spanNames());
  }

  services(): ServiceSummary[] {
    return this.snapshot(() => this.#services.read(this.#currentLogs));
  }

  operationSpans(traces: ReadonlySet<TraceOrdinal>, limit: number): FoundOperations {
    return this.snapshot(() => operationSpans(traces, limit, this.#spanChunks(), this.#sources));
  }

  serviceRuns(service: string): StoredRun[] {
    return this.snapshot(() => this.#serviceRuns.of(service, this.#spanChunks()));
  }

  imports(): StoredImport[] {
    return this.snapshot(() => this.#imports.list());
  }

  counts(): StoredCounts {
    return this.snapshot(() => this.#counts.read());
  }

  close(): void {
    this.#db.close();
  }

  #ofTrace<Answer>(traceId: string, answer: (ordinal: TraceOrdinal, traceId: Buffer) => Answer): Answer | undefined {
    return this.snapshot(() => {
      const id = Buffer.from(traceId, 'hex');
      const ordinal = this.#traces.ordinalOf(id);
      return ordinal === undefined ? undefined : answer(ordinal, id);
    });
  }

  #summary(trace: StoredTrace, ordinal: TraceOrdinal): TraceSummary {
    return { ...traceSummary(trace, this.#currentLogs.countOf(trace.traceId), this.#sources), ...this.#originsOf(ordinal) };
  }

  #originsOf(ordinal: TraceOrdinal): Pick<TraceSummary, 'importedFrom'> {
    return this.#imports.originsOf(() => this.#traces.chunksOf(ordinal));
  }

  #spansOf(ordinal: TraceOrdinal, traceId: Uint8Array): TraceSpans {
    const chunkIds = this.#traces.chunksOf(ordinal);
    if (this.#lastTrace?.isOf(traceId, chunkIds) === true) return this.#lastTrace;
    const spans = new TraceSpans(traceId, chunkIds, this.#contents);
    this.#lastTrace = spans.order.length > maxRememberedSpans ? undefined : spans;
    return spans;
  }

  /** Of one file, where it is named: all chunks of a group came with the same. */
  #spanChunks(importId?: number) {
    const isMeant = (chunk: number | undefined): boolean => importId === undefined || this.#imports.ofChunk(chunk) === importId;
    return {
      unsealed: [...this.#unsealed.chunks()].filter(({ id }) => isMeant(id)),
      groups: this.#groups.newestFirst().filter(({ chunks }) => isMeant(chunks[0])),
      filters: this.#filters,
      entries: this.#entries,
      contents: this.#contents,
    };
  }
}
