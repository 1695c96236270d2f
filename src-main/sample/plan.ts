import type { SpanKind } from '@opentelemetry/api';

/** The words in which scenarios are written: a tree of spans with offsets instead of times and labels instead of ids, so that a scenario reads as a table. */

export type ServiceName = 'ktrdr-api' | 'ib-host-service' | 'training-host-service';

export type PlainValue = string | number | boolean | string[];
export type PlainAttributes = Record<string, PlainValue>;

export interface SpanPlan {
  service: ServiceName;
  /** The instrumentation library or module that made it. */
  scope: string;
  name: string;
  kind: SpanKind;
  /** After the start of the parent. */
  startMs: number;
  durationMs: number;
  attributes: PlainAttributes;
  /** Set where the span failed; what OpenTelemetry calls the status description, often empty. */
  error?: string;
  events?: EventPlan[];
  logs?: LogPlan[];
  children?: SpanPlan[];
  /** A name for this span, so that a later one can link to it. */
  label?: string;
  linksTo?: { label: string; attributes: PlainAttributes }[];
}

export interface EventPlan {
  name: string;
  /** After the start of the span, as in logs. */
  atMs: number;
  attributes: PlainAttributes;
}

export interface LogPlan {
  atMs: number;
  severity: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  /** The logger's name. */
  scope: string;
  body: string | Record<string, unknown>;
  attributes?: PlainAttributes;
  /**
   * How it says which span it belongs to: in OTLP's own fields, or, as from Python services that only have `OTEL_PYTHON_LOG_CORRELATION`, in `otelTraceID` and
   * `otelSpanID`, or both.
   */
  correlation?: 'fields' | 'attributes' | 'both';
}

export interface TracePlan {
  /** When the root span ended, before now. */
  endedAgoMs: number;
  root: SpanPlan;
}

/** A log of a program that was in no trace. */
export interface LooseLogPlan extends LogPlan {
  service: ServiceName;
}

export interface Scenario {
  /** In order of their starts. */
  traces: TracePlan[];
  /** `atMs` counts from now, and is negative. */
  looseLogs: LooseLogPlan[];
}
