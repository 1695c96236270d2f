import type { Database } from 'better-sqlite3';
import { readText } from '#main/decode/walk/records';
import type { WalkedSpans } from '#main/decode/walk/walked';
import { traceArrivals } from '../chunk-rows.ts';
import type { SpanEntry } from '../index/entries.ts';
import { spanEntryOf } from '../index/span-entry.ts';
import { termsOfSpans } from '../index/terms.ts';
import type { TraceOrdinal } from '../interface.ts';
import { sumTraces, type TraceSum } from '../write/trace-sum.ts';
import type { ChunkContents } from './chunk-content.ts';
import type { SourceIds } from './source-ids.ts';
import { Unsealed } from './unsealed.ts';

/** What sealing would write of a chunk. */
export interface SpanFacts {
  entry: SpanEntry;
  terms: Uint32Array;
  /** By ordinal. */
  sums: ReadonlyMap<TraceOrdinal, TraceSum>;
  /** 16 bytes each, as in `ordinals`. */
  traceIds: Buffer;
}

/** A chunk of spans that is not sealed yet. */
export class UnsealedSpans {
  readonly id: number;
  /** Of its distinct traces, in order of appearance. */
  readonly ordinals: Uint32Array;
  /** When what is in this chunk of each first arrived. */
  readonly receivedNs: BigUint64Array;
  readonly lastOrdinal: TraceOrdinal;
  readonly #factsOf: (chunk: UnsealedSpans) => SpanFacts;
  #facts: SpanFacts | undefined;

  constructor(id: number, arrivals: ReturnType<typeof traceArrivals>, factsOf: (chunk: UnsealedSpans) => SpanFacts) {
    this.id = id;
    this.ordinals = arrivals.ordinals;
    this.receivedNs = arrivals.receivedNs;
    this.lastOrdinal = this.ordinals.reduce((last, ordinal) => Math.max(last, ordinal), 0);
    this.#factsOf = factsOf;
  }

  /** From its bytes, when it is first asked: a list of the newest traces needs those of the last few chunks, however many have come. */
  get facts(): SpanFacts {
    this.#facts ??= this.#factsOf(this);
    return this.#facts;
  }

  /** Of the trace with these 16 bytes; `undefined` where the chunk has no span of it. */
  ordinalOf(traceId: Uint8Array): TraceOrdinal | undefined {
    const { traceIds } = this.facts;
    for (let at = traceIds.indexOf(traceId); at >= 0; at = traceIds.indexOf(traceId, at + 1))
      if (at % 16 === 0) return this.ordinals[at / 16];
    return undefined;
  }
}

export function unsealedSpans(db: Database, contents: ChunkContents<WalkedSpans>, sourceIds: SourceIds): Unsealed<UnsealedSpans> {
  const arrivals = db.prepare<[number], { arrival: Buffer; received: Buffer }>('SELECT arrival, received FROM chunk WHERE id = ?');
  const factsOf = ({ id, ordinals }: UnsealedSpans): SpanFacts => {
    const spans = contents.of(id).walked;
    const ids = sourceIds.of(spans.sources);
    return {
      entry: spanEntryOf(spans, ordinals, ids),
      terms: termsOfSpans(spans),
      sums: sumTraces([{ columns: spans, sourceIds: ids, ordinals, nameOf: (row) => readText(spans, row) }], () => true),
      traceIds: Buffer.from(spans.traceIds),
    };
  };
  return new Unsealed(db, 'traces', (id) => {
    const row = arrivals.get(id);
    if (row === undefined) throw new Error(`Chunk ${id} is to be sealed, and is not there.`);
    return new UnsealedSpans(id, traceArrivals(row), factsOf);
  });
}
