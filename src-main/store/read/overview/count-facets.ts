import type { Database } from 'better-sqlite3';
import type { TraceOverview } from '#proto/bridge/trace-overview';
import type { Query } from '#proto/model/query';
import type { WalkedSpans } from '#main/decode/walk/walked';
import type { TraceOrdinal } from '../../interface.ts';
import type { ChunkContents } from '../chunk-content.ts';
import { evaluateWalked } from '../evaluate-walked.ts';
import type { Traces } from '../traces.ts';
import { FacetCounter } from './facet-counter.ts';

/** No trace has more than this share of what is counted, or a huge one would stand for all. */
const mostOfOne = 1 / 8;

/** Of the newest of some traces: as many as have their spans in chunks that hold about `most` spans together. */
export class Facets {
  readonly #traces: Traces;
  readonly #contents: ChunkContents<WalkedSpans>;
  readonly #recordCount;

  constructor(db: Database, traces: Traces, contents: ChunkContents<WalkedSpans>) {
    this.#traces = traces;
    this.#contents = contents;
    this.#recordCount = db.prepare<[number], number>('SELECT record_count FROM chunk WHERE id = ?').pluck();
  }

  /** `newest`: newest first. `isAll`: whether they are all that were found. */
  count(query: Query, newest: readonly TraceOrdinal[], isAll: boolean, most: number): TraceOverview['facets'] {
    const counter = new FacetCounter();
    const { chunks, taken, isCut } = this.#take(newest, most);
    const ids = new Set(taken.map((ordinal) => keyOf(this.#traces.read(ordinal)?.traceId ?? new Uint8Array(), 0)));
    for (const chunk of chunks) {
      const { walked } = this.#contents.of(chunk);
      const met = evaluateWalked(query, walked);
      const isTaken = Array.from({ length: walked.traceCount }, (_, trace) => ids.has(keyOf(walked.traceIds, trace)));
      const spans: number[] = [];
      for (let span = 0; span < walked.count; span += 1)
        if (met[span] === 1 && isTaken[walked.trace[span] as number] === true) spans.push(span);
      counter.add(walked, spans);
    }
    return {
      spanCount: counter.spanCount,
      traceCount: taken.length,
      isComplete: isAll && !isCut && taken.length === newest.length,
      items: counter.spanCount === 0 ? [] : counter.facets(),
    };
  }

  /** `isCut`: of some traces not all chunks, or not all traces. */
  #take(newest: readonly TraceOrdinal[], most: number): { chunks: Set<number>; taken: TraceOrdinal[]; isCut: boolean } {
    const chunks = new Set<number>();
    const taken: TraceOrdinal[] = [];
    let isCut = false;
    let left = most;
    for (const ordinal of newest) {
      if (left <= 0) return { chunks, taken, isCut: true };
      let own = 0;
      for (const chunk of this.#traces.chunksOf(ordinal)) {
        if (chunks.has(chunk)) continue;
        isCut ||= own >= most * mostOfOne;
        if (own >= most * mostOfOne) break;
        own += this.#recordCount.get(chunk) ?? 0;
        chunks.add(chunk);
      }
      left -= own;
      taken.push(ordinal);
    }
    return { chunks, taken, isCut };
  }
}

/** One character a byte: the cheapest key that a set takes. */
function keyOf(ids: Uint8Array, trace: number): string {
  return Buffer.prototype.latin1Slice.call(ids, trace * 16, trace * 16 + 16);
}
