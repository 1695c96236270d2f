import { durationHistogram, type DurationHistogram } from './duration-histogram.ts';
import { fisherExact, mannWhitney, significantUpTo } from './significance.ts';

/** Spans of one operation in a group of traces. */
export interface OperationSpans {
  readonly service: string;
  readonly name: string;
  readonly kind: number;
  /** One entry a span; 0 for spans that end before they start. */
  readonly durationsNs: Float64Array;
  readonly isError: Uint8Array;
  /** Which trace each is of: any number that tells them apart. */
  readonly trace: Float64Array;
}

export interface TraceGroup {
  readonly traceCount: number;
  readonly operations: readonly OperationSpans[];
}

/** `unclear`: too few traces to say anything. `none`: enough of them, and no difference that chance would not make. */
export type LatencyChange = 'appeared' | 'vanished' | 'slower' | 'faster' | 'none' | 'unclear';
/** Of failures, and of runs in a trace. */
export type CountChange = 'more' | 'fewer' | 'none';

/** What an operation came to in one of two groups. */
export interface OperationSample {
  /** Traces in which it ran. */
  readonly traceCount: number;
  readonly spanCount: number;
  readonly errorCount: number;
  /** By nearest rank; undefined where there are too few spans for that rank to mean anything. */
  readonly p50Ns: number | undefined;
  readonly p95Ns: number | undefined;
  readonly p99Ns: number | undefined;
  /** Nanoseconds spent in it by an average trace of the group, those without it included. */
  readonly perTraceNs: number;
}

export interface OperationComparison {
  readonly service: string;
  readonly name: string;
  readonly kind: number;
  readonly latency: LatencyChange;
  readonly errors: CountChange;
  /** Whether a trace that has it runs it more often. */
  readonly runs: CountChange;
  readonly a: OperationSample;
  readonly b: OperationSample;
  /** Probability that chance alone makes the traces of both groups differ so much in this operation's duration; for one that appeared or vanished, in having it. */
  readonly pValue: number;
  readonly histogram: DurationHistogram;
}

/** Of what is called a change, at most this share is chance. */
const falseShare = 0.05;
/** A median that moves by less is no change that anybody wants to hear of, however sure it is. */
const leastEffect = 0.05;
/** With fewer traces on a side, a test as this one finds next to nothing. */
const fewestTraces = 8;
/** A rank needs this many spans to be anything but one of the slowest few. */
const fewestForP95 = 20;
const fewestForP99 = 100;

/**
 * Which operations appeared, vanished, became slower, faster or less reliable from one group of traces to the other, the biggest change first. Spans of one trace share its fate, 48 queries of one slow
 * request being one slow request, so the tests look at one number a trace: the median of the operation there, how often it ran, and whether any failed.
 */
export const compareGroups = (a: TraceGroup, b: TraceGroup): OperationComparison[] => {
  const tested = operationPairs(a, b).map(([ofA, ofB]) => test(a, b, ofA, ofB));
  const limit = significantUpTo(
    tested.flatMap(({ pValue, errorsPValue, runsPValue }) => [pValue, errorsPValue, runsPValue]),
    falseShare,
  );
  return tested.map((one) => judge(one, limit)).toSorted((one, other) => weight(other) - weight(one) || impact(other) - impact(one));
};

/** Whether anything is different that is more than chance. */
export const hasChanged = ({ latency, errors, runs }: OperationComparison): boolean =>
  errors !== 'none' || runs !== 'none' || (latency !== 'none' && latency !== 'unclear');

/** What counts first, then what may, then the rest. */
const weight = (operation: OperationComparison): number => (hasChanged(operation) ? 2 : operation.latency === 'unclear' ? 1 : 0);

const impact = ({ a, b }: OperationComparison): number => Math.abs(b.perTraceNs - a.perTraceNs);

const nobody: Omit<OperationSpans, 'service' | 'name' | 'kind'> = {
  durationsNs: new Float64Array(),
  isError: new Uint8Array(),
  trace: new Float64Array(),
};

const operationPairs = (a: TraceGroup, b: TraceGroup): [OperationSpans, OperationSpans][] => {
  const key = ({ service, name, kind }: OperationSpans): string => `${kind}\n${service}\n${name}`;
  const inB = new Map(b.operations.map((operation) => [key(operation), operation]));
  const pairs = a.operations.map((operation): [OperationSpans, OperationSpans] => {
    const other = inB.get(key(operation)) ?? { ...operation, ...nobody };
    inB.delete(key(operation));
    return [operation, other];
  });
  return [...pairs, ...Array.from(inB.values(), (operation): [OperationSpans, OperationSpans] => [{ ...operation, ...nobody }, operation])];
};

/** Of one operation in one trace. */
interface TraceValue {
  medianNs: number;
  runs: number;
  hasFailed: boolean;
}

interface Tested extends Omit<OperationComparison, 'latency' | 'errors' | 'runs'> {
  errorsPValue: number;
  runsPValue: number;
  valuesA: TraceValue[];
  valuesB: TraceValue[];
  traces: { a: number; b: number };
}

const test = (a: TraceGroup, b: TraceGroup, ofA: OperationSpans, ofB: OperationSpans): Tested => {
  const [valuesA, valuesB] = [valuesOf(ofA), valuesOf(ofB)];
  const isInBoth = valuesA.length > 0 && valuesB.length > 0;
  return {
    service: ofA.service,
    name: ofA.name,
    kind: ofA.kind,
    a: sampleOf(ofA, valuesA, a.traceCount),
    b: sampleOf(ofB, valuesB, b.traceCount),
    pValue: isInBoth
      ? mannWhitney(medians(valuesA), medians(valuesB))
      : fisherExact(valuesA.length, a.traceCount, valuesB.length, b.traceCount),
    errorsPValue: isInBoth ? fisherExact(failed(valuesA), valuesA.length, failed(valuesB), valuesB.length) : 1,
    runsPValue: isInBoth ? mannWhitney(runsOf(valuesA), runsOf(valuesB)) : 1,
    histogram: durationHistogram(ofA.durationsNs, ofB.durationsNs),
    valuesA,
    valuesB,
    traces: { a: a.traceCount, b: b.traceCount },
  };
};

const medians = (values: readonly TraceValue[]): number[] => values.map(({ medianNs }) => medianNs);

const runsOf = (values: readonly TraceValue[]): number[] => values.map(({ runs }) => runs);

const failed = (values: readonly TraceValue[]): number => values.filter(({ hasFailed }) => hasFailed).length;

const valuesOf = ({ durationsNs, isError, trace }: OperationSpans): TraceValue[] => {
  const byTrace = new Map<number, { durationsNs: number[]; hasFailed: boolean }>();
  for (const [span, id] of trace.entries()) {
    const one = byTrace.get(id) ?? { durationsNs: [], hasFailed: false };
    byTrace.set(id, one);
    one.durationsNs.push(durationsNs[span] ?? 0);
    one.hasFailed ||= isError[span] === 1;
  }
  return Array.from(byTrace.values(), (one) => ({
    medianNs: medianOf(one.durationsNs),
    runs: one.durationsNs.length,
    hasFailed: one.hasFailed,
  }));
};

const medianOf = (values: readonly number[]): number => atRank(Float64Array.from(values).toSorted(), 0.5) ?? 0;

/** The smallest value that the share does not exceed. */
const atRank = (ascending: Float64Array, share: number): number | undefined =>
  ascending[Math.max(0, Math.ceil(ascending.length * share) - 1)];

const sampleOf = ({ durationsNs, isError }: OperationSpans, values: readonly TraceValue[], traceCount: number): OperationSample => {
  const ascending = durationsNs.toSorted();
  const spanCount = ascending.length;
  return {
    traceCount: values.length,
    spanCount,
    errorCount: isError.reduce((sum, flag) => sum + flag, 0),
    p50Ns: atRank(ascending, 0.5),
    p95Ns: spanCount < fewestForP95 ? undefined : atRank(ascending, 0.95),
    p99Ns: spanCount < fewestForP99 ? undefined : atRank(ascending, 0.99),
    perTraceNs: traceCount === 0 ? 0 : durationsNs.reduce((sum, duration) => sum + duration, 0) / traceCount,
  };
};

const judge = ({ errorsPValue, runsPValue, valuesA, valuesB, traces, ...operation }: Tested, limit: number): OperationComparison => ({
  ...operation,
  latency: latencyOf(operation.pValue <= limit, valuesA, valuesB, traces),
  errors: errorsPValue > limit ? 'none' : direction(failed(valuesA) / valuesA.length, failed(valuesB) / valuesB.length),
  runs: runsPValue > limit ? 'none' : direction(mean(runsOf(valuesA)), mean(runsOf(valuesB))),
});

const direction = (before: number, after: number): CountChange => (after > before ? 'more' : after < before ? 'fewer' : 'none');

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const latencyOf = (
  isSignificant: boolean,
  valuesA: readonly TraceValue[],
  valuesB: readonly TraceValue[],
  traces: { a: number; b: number },
): LatencyChange => {
  if (valuesA.length === 0 || valuesB.length === 0) {
    if (isSignificant) return valuesA.length === 0 ? 'appeared' : 'vanished';
    return Math.min(traces.a, traces.b) < fewestTraces ? 'unclear' : 'none';
  }
  const [before, after] = [medianOf(medians(valuesA)), medianOf(medians(valuesB))];
  if (isSignificant && Math.abs(after - before) >= leastEffect * before) return after > before ? 'slower' : 'faster';
  return !isSignificant && Math.min(valuesA.length, valuesB.length) < fewestTraces ? 'unclear' : 'none';
};
