import { readText } from '#main/decode/walk/records';
import type { WalkedSpans } from '#main/decode/walk/walked';
import { StatusCode } from '#proto/model/span';

/** Spans of one source in a trace: id of `source`, spans, spans with an error. */
export type SourceSum = [source: number, spans: number, errors: number];

/** What spans of one trace come to. Times are unsigned nanoseconds. */
export interface TraceSum {
  spanCount: number;
  errorCount: number;
  startNs: bigint;
  endNs: bigint;
  hasRoot: boolean;
  /** Of the root span; of the earliest span while there is no root. */
  rootName: string;
  rootSource: number;
  rootStartNs: bigint;
  sources: SourceSum[];
}

export interface SpanSums {
  /** By row of the walked traces. */
  traces: TraceSum[];
  /** No span took longer. */
  longestNs: bigint;
}

const maxLongestNs = 2n ** 63n - 1n;

/** Adds up the spans of each trace. `sourceIds` has an id for each row of `walked.sources`. */
export function sumSpans(walked: WalkedSpans, sourceIds: Uint32Array): SpanSums {
  const { startNs, endNs } = walked;
  const names = new Map<number, string>();
  const nameOf = (row: number): string => {
    let name = names.get(row);
    if (name === undefined) names.set(row, (name = readText(walked, row)));
    return name;
  };
  const { spans, errors, first, last, root, longestNs } = scan(walked);
  const bySource = sumBySource(walked, sourceIds);
  const at = (rows: Uint32Array, trace: number): number => rows[trace] ?? 0;
  const traces = Array.from(bySource, (sources, trace) => {
    const rootRow = at(root, trace);
    return {
      spanCount: at(spans, trace),
      errorCount: at(errors, trace),
      startNs: startNs[at(first, trace)] ?? 0n,
      endNs: endNs[at(last, trace)] ?? 0n,
      hasRoot: walked.parentSpanIds[rootRow] === 0n,
      rootName: nameOf(walked.name[rootRow] ?? 0),
      rootSource: sourceIds[walked.source[rootRow] ?? 0] ?? 0,
      rootStartNs: startNs[rootRow] ?? 0n,
      sources,
    };
  });
  return { traces, longestNs: longestNs > Number.MAX_SAFE_INTEGER ? maxLongestNs : BigInt(Math.max(0, longestNs)) };
}

/** Of each trace its spans and errors, and the rows of its earliest start, of its latest end and of its root; and the longest duration of all. */
function scan(walked: WalkedSpans) {
  const { count, traceCount, trace, statusCode, parentSpanIds } = walked;
  const start = new Times(walked.startNs);
  const end = new Times(walked.endNs);
  const parents = wordsOf(parentSpanIds);
  const isRoot = (row: number): boolean => parents[2 * row] === 0 && parents[2 * row + 1] === 0;
  const [spans, errors, first, last, root] = Array.from({ length: 5 }, () => new Uint32Array(traceCount)) as [
    Column,
    Column,
    Column,
    Column,
    Column,
  ];
  let longestNs = 0;
  for (let row = 0; row < count; row += 1) {
    const t = trace[row] as number;
    if (statusCode[row] === StatusCode.error) errors[t] = (errors[t] as number) + 1;
    const duration = end.minus(start, row);
    if (duration > longestNs) longestNs = duration;
    spans[t] = (spans[t] as number) + 1;
    if (spans[t] === 1) {
      first[t] = last[t] = root[t] = row;
      continue;
    }
    if (start.before(row, first[t] as number)) first[t] = row;
    if (end.before(last[t] as number, row)) last[t] = row;
    const known = root[t] as number;
    const better = isRoot(row) === isRoot(known) ? start.before(row, known) : isRoot(row);
    if (better) root[t] = row;
  }
  return { spans, errors, first, last, root, longestNs };
}

type Column = Uint32Array<ArrayBuffer>;

/** 64-bit times as halves, because a `bigint` for each comparison would cost more than everything else. */
class Times {
  readonly #words: Uint32Array;

  constructor(times: BigUint64Array) {
    this.#words = wordsOf(times);
  }

  before(row: number, other: number): boolean {
    const [high, otherHigh] = [this.#words[2 * row + 1] as number, this.#words[2 * other + 1] as number];
    return high === otherHigh ? (this.#words[2 * row] as number) < (this.#words[2 * other] as number) : high < otherHigh;
  }

  /** Exact up to 104 days. */
  minus(other: Times, row: number): number {
    const high = (this.#words[2 * row + 1] as number) - (other.#words[2 * row + 1] as number);
    return high * 2 ** 32 + (this.#words[2 * row] as number) - (other.#words[2 * row] as number);
  }
}

/** Low half first, as every machine that Node runs on has them. */
function wordsOf(numbers: BigUint64Array): Uint32Array {
  return new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
}

function sumBySource({ count, traceCount, trace, source, sources, statusCode }: WalkedSpans, sourceIds: Uint32Array): SourceSum[][] {
  const sums: SourceSum[][] = Array.from({ length: traceCount }, () => []);
  const byPair = new Map<number, SourceSum>();
  let lastPair = -1;
  let sum: SourceSum = [0, 0, 0];
  for (let row = 0; row < count; row += 1) {
    const t = trace[row] as number;
    const s = source[row] as number;
    const pair = t * sources.length + s;
    if (pair !== lastPair) {
      lastPair = pair;
      const known = byPair.get(pair);
      if (known === undefined) {
        sum = [sourceIds[s] as number, 0, 0];
        byPair.set(pair, sum);
        sums[t]?.push(sum);
      } else sum = known;
    }
    sum[1] += 1;
    if (statusCode[row] === StatusCode.error) sum[2] += 1;
  }
  return sums;
}

/** Adds `more` to `sum`. A root stands for the trace before any other span, the earlier before the later. */
export function addSum(sum: TraceSum, more: TraceSum): void {
  sum.spanCount += more.spanCount;
  sum.errorCount += more.errorCount;
  if (more.startNs < sum.startNs) sum.startNs = more.startNs;
  if (more.endNs > sum.endNs) sum.endNs = more.endNs;
  const better = more.hasRoot === sum.hasRoot ? more.rootStartNs < sum.rootStartNs : more.hasRoot;
  if (better) {
    const { hasRoot, rootName, rootSource, rootStartNs } = more;
    Object.assign(sum, { hasRoot, rootName, rootSource, rootStartNs });
  }
  for (const [source, spans, errors] of more.sources) addSource(sum.sources, source, spans, errors);
}

/** Takes spans away that have been added. Its range of times and its root stay: whoever takes spans away here has put them elsewhere. */
export function subtractSum(sum: TraceSum, less: TraceSum): void {
  sum.spanCount -= less.spanCount;
  sum.errorCount -= less.errorCount;
  for (const [source, spans, errors] of less.sources) addSource(sum.sources, source, -spans, -errors);
  sum.sources = sum.sources.filter(([, spans]) => spans > 0);
}

export function copySum(sum: TraceSum): TraceSum {
  return { ...sum, sources: sum.sources.map(([source, spans, errors]) => [source, spans, errors]) };
}

function addSource(sources: SourceSum[], source: number, spans: number, errors: number): void {
  const known = sources.find(([id]) => id === source);
  if (known === undefined) {
    sources.push([source, spans, errors]);
    return;
  }
  known[1] += spans;
  known[2] += errors;
}
