import { mostEvents, type TraceStructure, type TraceSummary } from '#proto/bridge/shapes';
import type { EventMoment, SpanOutline, TelemetryReader } from '#main/store/interface';

const root = -1;
const parentMissing = -2;

/** What a timeline needs of a trace. */
export function readTraceStructure(reader: TelemetryReader, traceId: string): TraceStructure | undefined {
  return reader.snapshot(() => {
    const summary = reader.traceSummary(traceId);
    return summary && columns(summary, reader.outlines(traceId), reader.eventMoments(traceId, mostEvents), reader.logCounts(traceId));
  });
}

function columns(
  summary: TraceSummary,
  spans: readonly SpanOutline[],
  events: readonly EventMoment[],
  logCounts: ReadonlyMap<string, number>,
): TraceStructure {
  const strings = new Strings();
  const rows = new Map(spans.map(({ spanId }, row) => [spanId, row]));
  return {
    summary,
    strings: strings.values,
    spanId: spans.map(({ spanId }) => spanId),
    parent: spans.map(({ parentSpanId }) => (parentSpanId === '' ? root : (rows.get(parentSpanId) ?? parentMissing))),
    offsetNs: spans.map(({ offsetNs }) => offsetNs),
    durationNs: spans.map(({ durationNs }) => durationNs),
    name: spans.map(({ name }) => strings.indexOf(name)),
    service: spans.map(({ serviceName }) => strings.indexOf(serviceName)),
    kind: spans.map(({ kind }) => kind),
    statusCode: spans.map(({ statusCode }) => statusCode),
    statusMessage: spans.map(({ statusMessage }) => strings.indexOf(statusMessage)),
    eventCount: spans.map(({ eventCount }) => eventCount),
    logCount: spans.map(({ spanId }) => logCounts.get(spanId) ?? 0),
    eventSpan: events.map(({ spanId }) => rows.get(spanId) ?? parentMissing),
    eventOffsetNs: events.map(({ offsetNs }) => offsetNs),
    eventIsException: events.map(({ isException }) => (isException ? 1 : 0)),
  };
}

/** Strings, each once. */
class Strings {
  readonly values: string[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(value: string): number {
    let index = this.#indexes.get(value);
    if (index === undefined) {
      index = this.values.push(value) - 1;
      this.#indexes.set(value, index);
    }
    return index;
  }
}
