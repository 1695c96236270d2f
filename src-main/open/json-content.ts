import type { Signal } from '#proto/model/batch';
import type { Content } from './payload.ts';

/** How OTLP/JSON nests each signal: resources, scopes, records (trace.proto, logs.proto, metrics.proto; their lists have two spellings in JSON). */
const shapes = {
  traces: { resources: ['resourceSpans', 'resource_spans'], scopes: ['scopeSpans', 'scope_spans'], records: ['spans'] },
  logs: { resources: ['resourceLogs', 'resource_logs'], scopes: ['scopeLogs', 'scope_logs'], records: ['logRecords', 'log_records'] },
  metrics: { resources: ['resourceMetrics', 'resource_metrics'], scopes: ['scopeMetrics', 'scope_metrics'], records: ['metrics'] },
} as const satisfies Record<Signal, Record<'resources' | 'scopes' | 'records', readonly string[]>>;

export const signals = Object.keys(shapes) as Signal[];

/** Which signal a list of resources holds, by the name of its field. */
export const listSignals: ReadonlyMap<string, Signal> = new Map(
  signals.flatMap((signal) => shapes[signal].resources.map((list) => [list, signal])),
);

/** What a parsed TracesData, LogsData or MetricsData holds of a signal; undefined where it is none. Nothing about it is taken for granted. */
export function contentOf(data: unknown, signal: Signal): Content | undefined {
  const { resources, scopes, records } = shapes[signal];
  const top = listIn(data, resources);
  if (top === undefined) return undefined;
  const found = top.flatMap((resource) => listIn(resource, scopes) ?? []).flatMap((scope) => listIn(scope, records) ?? []);
  const traceIds = signal === 'traces' ? found.map(traceIdOf).filter((id) => id !== undefined) : [];
  return { records: found.length, traceIds: [...new Set(traceIds)] };
}

function listIn(value: unknown, keys: readonly string[]): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key of keys) {
    const list: unknown = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    if (Array.isArray(list)) return list;
  }
  return undefined;
}

function traceIdOf(span: unknown): string | undefined {
  if (typeof span !== 'object' || span === null || !('traceId' in span)) return undefined;
  const { traceId } = span;
  return typeof traceId === 'string' && /^[0-9a-f]{32}$/i.test(traceId) ? traceId.toLowerCase() : undefined;
}
