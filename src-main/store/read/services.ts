import type { Database } from 'better-sqlite3';
import type { ServiceSummary } from '#proto/bridge/shapes';
import { StatusCode } from '#proto/model/span';
import type { Logs } from './logs/logs.ts';
import type { Unsealed } from './unsealed.ts';
import type { UnsealedSpans } from './unsealed-spans.ts';

interface Row {
  id: bigint;
  service_name: string;
  service_namespace: string;
  language: string;
  last_seen_ns: bigint;
  span_count: bigint;
  error_count: bigint;
  log_count: bigint;
}

/** What was received of one source and is not sealed yet. */
interface Unsettled {
  spanCount: number;
  errorCount: number;
  logCount: number;
  lastSeenNs: bigint;
}

/** Adds up sources by service: counters of what is sealed, and what unsealed chunks hold. */
export class Services {
  readonly #unsealed: Unsealed<UnsealedSpans>;
  readonly #rows;

  constructor(db: Database, unsealed: Unsealed<UnsealedSpans>) {
    this.#unsealed = unsealed;
    this.#rows = db
      .prepare<[], Row>(
        'SELECT id, service_name, service_namespace, language, last_seen_ns, span_count, error_count, log_count FROM source',
      )
      .safeIntegers();
  }

  read(logs: Logs): ServiceSummary[] {
    const unsettled = this.#unsettled(logs);
    const services = new Map<string, ServiceSummary & { lastSeenNs: bigint }>();
    for (const row of this.#rows.all()) {
      const more = unsettled.get(Number(row.id)) ?? noneUnsettled;
      const key = JSON.stringify([row.service_name, row.service_namespace]);
      const service = services.get(key) ?? emptyService(row);
      services.set(key, service);
      service.spanCount += Number(row.span_count) + more.spanCount;
      service.errorCount += Number(row.error_count) + more.errorCount;
      service.logCount += Number(row.log_count) + more.logCount;
      if (row.language > service.language) service.language = row.language;
      for (const seenNs of [row.last_seen_ns, more.lastSeenNs]) if (seenNs > service.lastSeenNs) service.lastSeenNs = seenNs;
    }
    return [...services.values()]
      .filter(({ spanCount, logCount }) => spanCount + logCount > 0)
      .map(({ lastSeenNs, ...service }) => ({ ...service, lastSeenUnixNano: String(lastSeenNs) }))
      .toSorted((a, b) => compareTexts(a.name, b.name) || compareTexts(a.namespace, b.namespace));
  }

  #unsettled(logs: Logs): Map<number, Unsettled> {
    const bySource = new Map<number, Unsettled>();
    const of = (source: number): Unsettled => {
      const known = bySource.get(source) ?? { ...noneUnsettled };
      bySource.set(source, known);
      return known;
    };
    for (const chunk of this.#unsealed.chunks()) addSpans(chunk, of);
    for (const [source, { count, lastSeenNs }] of logs.unsealedBySource()) {
      const service = of(source);
      service.logCount += count;
      if (lastSeenNs > service.lastSeenNs) service.lastSeenNs = lastSeenNs;
    }
    return bySource;
  }
}

const noneUnsettled: Unsettled = { spanCount: 0, errorCount: 0, logCount: 0, lastSeenNs: 0n };

function emptyService({ service_name, service_namespace }: Row): ServiceSummary & { lastSeenNs: bigint } {
  return {
    name: service_name,
    namespace: service_namespace,
    spanCount: 0,
    errorCount: 0,
    logCount: 0,
    lastSeenUnixNano: '0',
    language: '',
    lastSeenNs: 0n,
  };
}

function addSpans({ entry, receivedNs }: UnsealedSpans, of: (source: number) => Unsettled): void {
  const { sourceIds, sourceEnds, bits, trace } = entry;
  let from = 0;
  for (const [run, source] of sourceIds.entries()) {
    const end = sourceEnds[run] as number;
    const service = of(source);
    for (let span = from; span < end; span += 1) {
      if ((bits[span] as number) >>> 3 === StatusCode.error) service.errorCount += 1;
      const seenNs = receivedNs[trace[span] as number] as bigint;
      if (seenNs > service.lastSeenNs) service.lastSeenNs = seenNs;
    }
    service.spanCount += end - from;
    from = end;
  }
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
