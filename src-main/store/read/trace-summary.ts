import type { TraceSummary } from '#proto/bridge/shapes';
import type { SourceRecords } from './source-records.ts';
import type { StoredTrace } from './traces.ts';

/** A trace as a list shows it: from sums, in which a span that came in two different requests counts twice. */
export function traceSummary({ traceId, receivedNs, pinned, sum }: StoredTrace, logCount: number, sources: SourceRecords): TraceSummary {
  const services = new Map<string, { name: string; spanCount: number; errorCount: number }>();
  for (const [source, spanCount, errorCount] of sum.sources) {
    const name = sources.read(source).serviceName;
    const service = services.get(name);
    if (service === undefined) services.set(name, { name, spanCount, errorCount });
    else {
      service.spanCount += spanCount;
      service.errorCount += errorCount;
    }
  }
  return {
    traceId: Buffer.from(traceId).toString('hex'),
    rootName: sum.rootName,
    rootService: sources.read(sum.rootSource).serviceName,
    hasRoot: sum.hasRoot,
    startTimeUnixNano: String(sum.startNs),
    durationNano: durationOf(sum.startNs, sum.endNs),
    spanCount: sum.spanCount,
    errorCount: sum.errorCount,
    logCount,
    services: byName([...services.values()]),
    receivedTimeUnixNano: String(receivedNs),
    pinned,
  };
}

/** From the earliest start to the latest end; never negative. */
export function durationOf(startNs: bigint, endNs: bigint): string {
  return String(endNs > startNs ? endNs - startNs : 0n);
}

export function byName<Service extends { name: string }>(services: readonly Service[]): Service[] {
  return services.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
