import type { Database } from 'better-sqlite3';
import { displayValue } from '#proto/model/display-value';
import type { Resource } from '#proto/model/resource';
import { findAttribute } from '#proto/model/semantic-conventions';
import { traceArrivals } from '../chunk-rows.ts';
import type { SpanEntry } from '../index/entries.ts';
import type { SpanChunks } from './find-traces.ts';

/** One process of a service, from its start to its end. */
export interface StoredRun {
  /** What tells it from other runs, as the resource says it; empty where the resource says nothing of the kind. */
  identity: { key: string; value: string }[];
  /** `service.version`; empty where there is none. */
  version: string;
  spanCount: number;
  /** When the first and the last of it arrived. */
  firstSeenNs: bigint;
  lastSeenNs: bigint;
}

/** Resource attributes that another process of the same service has another value of (semantic conventions, "Service", "Process", "Host", "Container", "Kubernetes"). */
const identityKeys = ['service.instance.id', 'process.pid', 'process.creation.time', 'container.id', 'k8s.pod.uid'];
/** A process id is one of a machine. */
const placeKey = 'host.name';

/** A run is looked for in as many of the newest groups: some two million spans. */
const mostGroups = 64;

interface SourceRow {
  id: bigint;
  resource: string;
  span_count: bigint;
  last_seen_ns: bigint;
}

interface Found extends StoredRun {
  /** Oldest sealed chunk that has spans of it, and where. */
  oldest: { chunk: number; entry: SpanEntry } | undefined;
}

/** Finds the runs of a service by what its resources say of the process. */
export class ServiceRuns {
  readonly #sources;
  readonly #arrivals;

  constructor(db: Database) {
    this.#sources = db
      .prepare<[string], SourceRow>('SELECT id, resource, span_count, last_seen_ns FROM source WHERE service_name = ?')
      .safeIntegers();
    this.#arrivals = db.prepare<[number], { arrival: Buffer; received: Buffer }>('SELECT arrival, received FROM chunk WHERE id = ?');
  }

  /** The one that began last first. */
  of(service: string, { unsealed, groups, entries }: SpanChunks): StoredRun[] {
    const runs = new Map<string, Found>();
    const runOf = new Map<number, Found>();
    for (const row of this.#sources.all(service)) runOf.set(Number(row.id), runOfSource(row, runs));
    for (const group of groups.slice(0, mostGroups)) {
      for (const [place, entry] of entries.of(group.id).entries()) noteOldest(runOf, group.chunks[place] as number, entry);
    }
    for (const run of runs.values()) run.firstSeenNs = this.#firstIn(run, runOf);
    for (const { entry, receivedNs } of unsealed) addUnsealed(runOf, entry, receivedNs);
    return [...runs.values()]
      .filter(({ spanCount }) => spanCount > 0)
      .map(({ identity, version, spanCount, firstSeenNs, lastSeenNs }) => ({ identity, version, spanCount, firstSeenNs, lastSeenNs }))
      .toSorted((a, b) => (a.firstSeenNs === b.firstSeenNs ? 0 : a.firstSeenNs < b.firstSeenNs ? 1 : -1));
  }

  /** When the first of what is sealed arrived; the end of time where nothing is. */
  #firstIn(run: Found, runOf: ReadonlyMap<number, Found>): bigint {
    const row = run.oldest && this.#arrivals.get(run.oldest.chunk);
    if (run.oldest === undefined || row === undefined) return endOfTimeNs;
    let first = endOfTimeNs;
    const { receivedNs } = traceArrivals(row);
    eachSpan(run.oldest.entry, (source, trace) => {
      const seenNs = receivedNs[trace] as bigint;
      if (runOf.get(source) === run && seenNs < first) first = seenNs;
    });
    return first;
  }
}

const endOfTimeNs = 2n ** 64n - 1n;

function runOfSource({ resource, span_count, last_seen_ns }: SourceRow, runs: Map<string, Found>): Found {
  const described = JSON.parse(resource) as Resource;
  const identity = identityOf(described);
  const key = JSON.stringify(identity);
  const run = runs.get(key) ?? {
    identity,
    version: textOf(described, 'service.version'),
    spanCount: 0,
    firstSeenNs: endOfTimeNs,
    lastSeenNs: 0n,
    oldest: undefined,
  };
  runs.set(key, run);
  run.spanCount += Number(span_count);
  if (last_seen_ns > run.lastSeenNs) run.lastSeenNs = last_seen_ns;
  return run;
}

function identityOf(resource: Resource): StoredRun['identity'] {
  const told = identityKeys.map((key) => ({ key, value: textOf(resource, key) })).filter(({ value }) => value !== '');
  const place = textOf(resource, placeKey);
  return told.length === 0 || place === '' ? told : [...told, { key: placeKey, value: place }];
}

function textOf({ attributes }: Resource, key: string): string {
  const value = findAttribute(attributes, key);
  return value === undefined ? '' : displayValue(value).slice(0, 200);
}

function noteOldest(runOf: ReadonlyMap<number, Found>, chunk: number, entry: SpanEntry): void {
  for (const source of entry.sourceIds) {
    const run = runOf.get(source);
    if (run !== undefined && (run.oldest === undefined || chunk < run.oldest.chunk)) run.oldest = { chunk, entry };
  }
}

function addUnsealed(runOf: ReadonlyMap<number, Found>, entry: SpanEntry, receivedNs: BigUint64Array): void {
  if (!entry.sourceIds.some((source) => runOf.has(source))) return;
  eachSpan(entry, (source, trace) => {
    const run = runOf.get(source);
    if (run === undefined) return;
    const seenNs = receivedNs[trace] as bigint;
    run.spanCount += 1;
    if (seenNs < run.firstSeenNs) run.firstSeenNs = seenNs;
    if (seenNs > run.lastSeenNs) run.lastSeenNs = seenNs;
  });
}

function eachSpan({ sourceIds, sourceEnds, trace }: SpanEntry, visit: (source: number, trace: number) => void): void {
  let from = 0;
  for (const [run, source] of sourceIds.entries()) {
    const end = sourceEnds[run] as number;
    for (let span = from; span < end; span += 1) visit(source, trace[span] as number);
    from = end;
  }
}
