import { randomBytes } from 'node:crypto';
import { SeverityNumber, type SpanContext, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { createOrigins } from './origins.ts';
import type { LogPlan, PlainAttributes, Scenario, ServiceName, SpanPlan } from './plan.ts';
import { createRandom } from './random.ts';
import type { SampleLog, SampleSpan, Telemetry } from './telemetry.ts';

/** Where a span goes: its trace, the span above it, its time. */
interface Place {
  traceId: string;
  parent?: { context: SpanContext; service: ServiceName };
  startNs: bigint;
  endNs: bigint;
}

const seed = 4317;
const startJitterNs = 180_000;
const lengthJitterNs = 60_000;
const severityNumbers = {
  DEBUG: SeverityNumber.DEBUG,
  INFO: SeverityNumber.INFO,
  WARN: SeverityNumber.WARN,
  ERROR: SeverityNumber.ERROR,
} as const;

/** A scenario at `nowNs` (since the Unix epoch): the same shape and jitter each time, with ids of its own. */
export function buildTelemetry(scenario: Scenario, nowNs: bigint): Telemetry {
  const builder = new Builder();
  const traceIds = scenario.traces.map(({ root, endedAgoMs }) => {
    const traceId = randomBytes(16).toString('hex');
    const endNs = nowNs - nanoseconds(endedAgoMs);
    builder.addSpan(root, { traceId, startNs: endNs - nanoseconds(root.durationMs), endNs });
    return traceId;
  });
  for (const log of scenario.looseLogs) builder.addLog(log, log.service, nowNs, undefined);
  return { traceIds, spans: builder.spans, logs: builder.logs };
}

class Builder {
  readonly spans: SampleSpan[] = [];
  readonly logs: SampleLog[] = [];
  readonly #originOf = createOrigins();
  readonly #random = createRandom(seed);
  readonly #labelled = new Map<string, SpanContext>();

  /** Adds a span, its logs, and all that is below it. */
  addSpan(plan: SpanPlan, place: Place): void {
    const { traceId, parent, startNs, endNs } = place;
    const context: SpanContext = { traceId, spanId: randomBytes(8).toString('hex'), traceFlags: TraceFlags.SAMPLED };
    if (plan.label !== undefined) this.#labelled.set(plan.label, context);
    this.spans.push({
      ...this.#originOf(plan.service, plan.scope),
      name: plan.name,
      kind: plan.kind,
      spanContext: () => context,
      ...(parent === undefined ? {} : { parentSpanContext: { ...parent.context, isRemote: parent.service !== plan.service } }),
      startTime: hrTime(startNs),
      endTime: hrTime(endNs),
      duration: hrTime(endNs - startNs),
      ended: true,
      status: plan.error === undefined ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR, message: plan.error },
      attributes: plan.attributes,
      events: (plan.events ?? []).map(({ name, atMs, attributes }) => ({ name, attributes, time: hrTime(startNs + nanoseconds(atMs)) })),
      links: (plan.linksTo ?? []).map(({ label, attributes }) => ({ context: this.#contextOf(label), attributes })),
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    });
    for (const log of plan.logs ?? []) this.addLog(log, plan.service, startNs, context);
    for (const child of plan.children ?? []) this.addSpan(child, this.#placeBelow(place, child, { context, service: plan.service }));
  }

  /** The log's `atMs` counts from `originNs`. */
  addLog(plan: LogPlan, service: ServiceName, originNs: bigint, context: SpanContext | undefined): void {
    const { correlation = 'fields' } = plan;
    const timeNs = originNs + nanoseconds(plan.atMs);
    this.logs.push({
      ...this.#originOf(service, plan.scope),
      hrTime: hrTime(timeNs),
      hrTimeObserved: hrTime(timeNs + this.#jitter(lengthJitterNs)),
      ...(context === undefined || correlation === 'attributes' ? {} : { spanContext: context }),
      severityNumber: severityNumbers[plan.severity],
      severityText: plan.severity,
      body: plan.body,
      attributes: { ...plan.attributes, ...(context === undefined || correlation === 'fields' ? {} : pythonCorrelation(context, service)) },
      droppedAttributesCount: 0,
    });
  }

  /** A few microseconds away from the plan, and never outside the parent. */
  #placeBelow(above: Place, plan: SpanPlan, parent: NonNullable<Place['parent']>): Place {
    const startNs = above.startNs + nanoseconds(plan.startMs) + this.#jitter(startJitterNs);
    const endNs = startNs + nanoseconds(plan.durationMs) + this.#jitter(lengthJitterNs);
    return { traceId: above.traceId, parent, startNs, endNs: endNs < above.endNs ? endNs : above.endNs };
  }

  #jitter(maxNs: number): bigint {
    return BigInt(Math.floor(this.#random() * maxNs));
  }

  #contextOf(label: string): SpanContext {
    const context = this.#labelled.get(label);
    if (context === undefined) throw new Error(`No earlier span is labelled "${label}".`);
    return context;
  }
}

/** What `OTEL_PYTHON_LOG_CORRELATION` adds to each log. */
function pythonCorrelation({ traceId, spanId }: SpanContext, service: ServiceName): PlainAttributes {
  return { otelTraceID: traceId, otelSpanID: spanId, otelTraceSampled: true, otelServiceName: service };
}

function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1e6));
}

function hrTime(ns: bigint): [seconds: number, nanoseconds: number] {
  return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
}
