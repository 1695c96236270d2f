import type { SpanDetail } from '#proto/bridge/shapes';
import type { WalkedSpans } from '#main/decode/walk/walked';
import type { FoundSpan, SpanPosition } from '../interface.ts';
import type { ChunkContent, ChunkContents } from './chunk-content.ts';
import { orderOfTimes } from './order-of-times.ts';
import { spanDetail } from './span-detail.ts';
import { SpanIdIndex } from './span-id-index.ts';
import { SpanTable } from './span-table.ts';

/** The spans of one trace as of one set of chunks: each once, as it came last, in order of start. */
export class TraceSpans {
  readonly table = new SpanTable();
  /** Rows of `table` by span id. */
  readonly byId: SpanIdIndex;
  /** Rows of `table` in order of start, then of arrival. */
  readonly order: Uint32Array;
  readonly #traceId: Uint8Array;
  readonly #chunkIds: readonly number[];
  readonly #chunks: ChunkContents<WalkedSpans>;

  constructor(traceId: Uint8Array, chunkIds: readonly number[], chunks: ChunkContents<WalkedSpans>) {
    this.#traceId = traceId;
    this.#chunkIds = chunkIds;
    this.#chunks = chunks;
    for (const id of chunkIds) this.table.add(chunks.once(id), traceId);
    const { count, spanIds, starts } = this.table;
    this.byId = new SpanIdIndex(spanIds, count);
    const rows = new Uint32Array(count);
    let distinct = 0;
    for (let row = 0; row < count; row += 1) if (this.byId.isLast(row)) rows[distinct++] = row;
    this.order = orderOfTimes(starts, rows.slice(0, distinct));
  }

  isOf(traceId: Uint8Array, chunkIds: readonly number[]): boolean {
    return (
      Buffer.compare(this.#traceId, traceId) === 0 &&
      chunkIds.length === this.#chunkIds.length &&
      chunkIds.every((id, place) => id === this.#chunkIds[place])
    );
  }

  find(spanId: string): SpanDetail | undefined {
    const id = BigInt(`0x${spanId}`);
    const row = this.byId.rowOf(Number(id & 0xffff_ffffn), Number(id >> 32n));
    return row < 0 ? undefined : this.#detail(row);
  }

  /** Chunk by chunk: its content, and the place in `order` of each of its rows, -1 where the row is of another trace or there is a later one of the same span. */
  *parts(): Iterable<{ content: ChunkContent<WalkedSpans>; placeOf: (row: number) => number }> {
    const places = new Map<number, number>();
    let chunk = 0;
    const placeOf = (row: number): number => places.get(row) ?? -1;
    const placeOfRow = new Int32Array(this.table.count).fill(-1);
    for (const [place, row] of this.order.entries()) placeOfRow[row] = place;
    for (let row = 0; row <= this.table.count; row += 1) {
      if (row === this.table.count || this.table.chunk[row] !== chunk) {
        const id = this.#chunkIds[chunk];
        if (id !== undefined && places.size > 0) yield { content: this.#chunks.once(id), placeOf };
        places.clear();
        chunk = this.table.chunk[row] as number;
      }
      const place = placeOfRow[row] ?? -1;
      if (place >= 0) places.set(this.table.row[row] as number, place);
    }
  }

  /** Those behind a place, in order. */
  page(limit: number, after: SpanPosition | undefined): FoundSpan[] {
    const from = after === undefined ? 0 : this.#placeBehind(after);
    const rows = this.order.subarray(from, from + limit);
    const details = new Map<number, SpanDetail>();
    // By chunk, so that each is decompressed once, however its spans are spread over the page.
    for (const row of rows.toSorted()) details.set(row, this.#detail(row));
    return Array.from(rows, (row) => ({ startNs: this.#startOf(row), id: row, span: details.get(row) as SpanDetail }));
  }

  #placeBehind({ startNs, id }: SpanPosition): number {
    let from = 0;
    let to = this.order.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const row = this.order[middle] as number;
      const start = this.#startOf(row);
      if (start < startNs || (start === startNs && row <= id)) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #startOf(row: number): bigint {
    return (BigInt(this.table.starts[2 * row + 1] as number) << 32n) | BigInt(this.table.starts[2 * row] as number);
  }

  #detail(row: number): SpanDetail {
    return spanDetail(this.#chunks.of(this.#chunkIds[this.table.chunk[row] as number] as number), this.table.row[row] as number);
  }
}
