import { mostRuns, type ServiceRun } from '#proto/bridge/comparison';
import type { TelemetryReader } from '#main/store/interface';

/** The newest runs of a service, the one that began last first. */
export function serviceRuns(reader: TelemetryReader, service: string): ServiceRun[] {
  return reader
    .serviceRuns(service)
    .slice(0, mostRuns)
    .map(({ firstSeenNs, lastSeenNs, ...run }) => ({
      ...run,
      firstSeenUnixNano: String(firstSeenNs),
      lastSeenUnixNano: String(lastSeenNs),
    }));
}
