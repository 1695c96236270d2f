import { noRow, type WalkedSpans } from '#main/decode/walk/walked';
import { StatusCode } from '#proto/model/span';
import type { SourceSum } from './source-sums.ts';

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

/** What is added up of spans. */
export type SummedColumns = Pick<WalkedSpans, 'count' | 'source' | 'trace' | 'name' | 'statusCode' | 'parentSpanIds' | 'startNs' | 'endNs'>;

/** Spans of one chunk. */
export interface SummedSpans {
  columns: SummedColumns;
  /** Id of `source` by row of the walked sources. */
  sourceIds: Uint32Array;
  /** By row of the walked traces. */
  ordinals: Uint32Array;
  /** Text by row of the walked texts. */
  nameOf: (row: number) => string;
}

/** Adds up the spans of each trace, over several chunks in their order, by ordinal; leaves out those of traces that are not `included`. */
export function sumTraces(chunks: readonly SummedSpans[], included: (ordinal: number) => boolean): Map<number, TraceSum> {
  const rows = new Map<number, number>();
  const columns = chunks.map(({ ordinals }) => rowsOf(ordinals, rows, included));
  const sums = new SumColumns(rows.size);
  for (const [chunk, spans] of chunks.entries()) sums.add(chunk, spans, columns[chunk] as Uint32Array);
  return new Map([...rows].map(([ordinal, row]) => [ordinal, sums.read(row, chunks)]));
}

function rowsOf(ordinals: Uint32Array, rows: Map<number, number>, included: (ordinal: number) => boolean): Uint32Array {
  return ordinals.map((ordinal) => {
    let row = rows.get(ordinal);
    if (row === undefined) {
      if (!included(ordinal)) return noRow;
      rows.set(ordinal, (row = rows.size));
    }
    return row;
  });
}

/** Sums in columns, one row a trace. Times are halves, because a `bigint` for each comparison would cost more than everything else. */
class SumColumns {
  readonly #spans;
  readonly #errors;
  /** Low and high half of each. */
  readonly #start;
  readonly #end;
  readonly #rootStart;
  readonly #rootChunk;
  readonly #rootSpan;
  readonly #isRoot;
  readonly #bySource: SourceSum[][];
  readonly #byPair = new Map<number, SourceSum>();

  constructor(traces: number) {
    this.#spans = new Uint32Array(traces);
    this.#errors = new Uint32Array(traces);
    this.#start = new Uint32Array(traces * 2).fill(0xffff_ffff);
    this.#end = new Uint32Array(traces * 2);
    this.#rootStart = new Uint32Array(traces * 2);
    this.#rootChunk = new Uint32Array(traces);
    this.#rootSpan = new Uint32Array(traces);
    this.#isRoot = new Uint8Array(traces);
    this.#bySource = Array.from({ length: traces }, () => []);
  }

  add(chunk: number, { columns, sourceIds }: SummedSpans, rows: Uint32Array): void {
    const { count, trace, statusCode, source } = columns;
    const starts = halvesOf(columns.startNs);
    const ends = halvesOf(columns.endNs);
    const parents = halvesOf(columns.parentSpanIds);
    let pair = -1;
    let sum: SourceSum = [0, 0, 0];
    for (let span = 0; span < count; span += 1) {
      const row = rows[trace[span] as number] as number;
      if (row === noRow) continue;
      this.#addRoot(row, chunk, span, (parents[2 * span] as number) === 0 && (parents[2 * span + 1] as number) === 0, starts);
      this.#spans[row] = (this.#spans[row] as number) + 1;
      if (isBefore(starts, span, this.#start, row)) copy(starts, span, this.#start, row);
      if (isBefore(this.#end, row, ends, span)) copy(ends, span, this.#end, row);
      const sourceId = sourceIds[source[span] as number] as number;
      const next = row * 2 ** 32 + sourceId;
      if (next !== pair) sum = this.#sourceSum(next, row, sourceId);
      pair = next;
      sum[1] += 1;
      if (statusCode[span] === StatusCode.error) {
        sum[2] += 1;
        this.#errors[row] = (this.#errors[row] as number) + 1;
      }
    }
  }

  read(row: number, chunks: readonly SummedSpans[]): TraceSum {
    const { columns, sourceIds, nameOf } = chunks[this.#rootChunk[row] as number] as SummedSpans;
    const root = this.#rootSpan[row] as number;
    return {
      spanCount: this.#spans[row] as number,
      errorCount: this.#errors[row] as number,
      startNs: whole(this.#start, row),
      endNs: whole(this.#end, row),
      hasRoot: this.#isRoot[row] === 1,
      rootName: nameOf(columns.name[root] as number),
      rootSource: sourceIds[columns.source[root] as number] as number,
      rootStartNs: whole(this.#rootStart, row),
      sources: this.#bySource[row] as SourceSum[],
    };
  }

  /** A root stands for the trace before any other span, the earlier before the later. */
  #addRoot(row: number, chunk: number, span: number, isRoot: boolean, starts: Uint32Array): void {
    const wasRoot = this.#isRoot[row] === 1;
    const better = isRoot === wasRoot ? isBefore(starts, span, this.#rootStart, row) : isRoot;
    if (!better && this.#spans[row] !== 0) return;
    this.#isRoot[row] = isRoot ? 1 : 0;
    this.#rootChunk[row] = chunk;
    this.#rootSpan[row] = span;
    copy(starts, span, this.#rootStart, row);
  }

  #sourceSum(pair: number, row: number, source: number): SourceSum {
    let sum = this.#byPair.get(pair);
    if (sum === undefined) {
      sum = [source, 0, 0];
      this.#byPair.set(pair, sum);
      this.#bySource[row]?.push(sum);
    }
    return sum;
  }
}

/** Low half first, as every machine that Node runs on has them. */
function halvesOf(numbers: BigUint64Array): Uint32Array {
  return new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2);
}

function isBefore(times: Uint32Array, at: number, others: Uint32Array, otherAt: number): boolean {
  const high = times[2 * at + 1] as number;
  const otherHigh = others[2 * otherAt + 1] as number;
  return high === otherHigh ? (times[2 * at] as number) < (others[2 * otherAt] as number) : high < otherHigh;
}

function copy(from: Uint32Array, fromAt: number, to: Uint32Array, toAt: number): void {
  to[2 * toAt] = from[2 * fromAt] as number;
  to[2 * toAt + 1] = from[2 * fromAt + 1] as number;
}

function whole(times: Uint32Array, at: number): bigint {
  return (BigInt(times[2 * at + 1] as number) << 32n) | BigInt(times[2 * at] as number);
}

/** The longest duration, or 0; exact up to 104 days, and never too small. */
export function longestOf({ count, startNs, endNs }: SummedColumns): bigint {
  const starts = halvesOf(startNs);
  const ends = halvesOf(endNs);
  let longest = 0;
  for (let at = 0; at < count * 2; at += 2) {
    const high = (ends[at + 1] as number) - (starts[at + 1] as number);
    const duration = high * 2 ** 32 + (ends[at] as number) - (starts[at] as number);
    if (duration > longest) longest = duration;
  }
  return longest > Number.MAX_SAFE_INTEGER ? 2n ** 63n - 1n : BigInt(longest);
}

/** Adds what came later. */
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
  addSources(sum.sources, more.sources, 1);
}

/** Takes spans away that have been added. The range of times and the root stay: whoever takes spans away here has put them elsewhere. */
export function subtractSum(sum: TraceSum, less: TraceSum): void {
  sum.spanCount -= less.spanCount;
  sum.errorCount -= less.errorCount;
  addSources(sum.sources, less.sources, -1);
  sum.sources = sum.sources.filter(([, spans]) => spans > 0);
}

/** A trace has a handful of sources, unless somebody sends one of a hundred thousand. */
const fewSources = 16;

function addSources(sources: SourceSum[], more: readonly SourceSum[], sign: 1 | -1): void {
  const byId = sources.length > fewSources ? new Map(sources.map((sum) => [sum[0], sum])) : undefined;
  for (const [source, spans, errors] of more) {
    const known = byId === undefined ? sources.find(([id]) => id === source) : byId.get(source);
    if (known === undefined) {
      sources.push([source, sign * spans, sign * errors]);
      continue;
    }
    known[1] += sign * spans;
    known[2] += sign * errors;
  }
}
