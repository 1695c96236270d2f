import { mostLatencySpans, type Operation, type OperationLatency } from '#proto/bridge/operation-latency';
import type { TelemetryReader } from '#main/store/interface';

/** How long the newest stored spans of an operation took. */
export function operationLatency(reader: TelemetryReader, operation: Operation): OperationLatency {
  const newest = reader.operationDurations(operation, mostLatencySpans + 1);
  const ascending = newest.slice(0, mostLatencySpans).toSorted();
  return { count: ascending.length, more: newest.length > mostLatencySpans, percentilesNs: percentilesOf(ascending) };
}

function percentilesOf(ascending: Float64Array): number[] {
  if (ascending.length === 0) return [];
  return Array.from({ length: 101 }, (_, percent) => ascending[Math.max(0, Math.ceil((ascending.length * percent) / 100) - 1)] ?? 0);
}
