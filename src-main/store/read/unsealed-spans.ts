import type { Database } from 'better-sqlite3';
import { readText } from '#main/decode/walk/records';
import type { WalkedSpans } from '#main/decode/walk/walked';
import { traceArrivals, type TraceArrivals } from '../chunk-rows.ts';
import type { SpanEntry } from '../index/entries.ts';
import { spanEntryOf } from '../index/span-entry.ts';
import { holdsTerm, termsOfSpans } from '../index/terms.ts';
import type { TraceOrdinal } from '../interface.ts';
import { sumTraces, type TraceSum } from '../trace-sum.ts';
import type { ChunkContents } from './chunk-content.ts';
import type { SourceIds } from './source-ids.ts';
import { distinctTraceIds } from './trace-id-scan.ts';
import { Unsealed } from './unsealed.ts';

/**
 * A chunk of spans that is not sealed yet. What sealing would write of it is found in its bytes when it is first asked for: a list of the newest traces needs the last few chunks,
 * however many have come.
 */
export class UnsealedSpans {
  readonly id: number;
  /** Of its distinct traces, in order of appearance. */
  readonly ordinals: Uint32Array;
  /** When what is in this chunk of each first arrived. */
  readonly receivedNs: BigUint64Array;
  readonly lastOrdinal: TraceOrdinal;
  readonly #contents: ChunkContents<WalkedSpans>;
  readonly #sourceIds: SourceIds;
  #entry: SpanEntry | undefined;
  #terms: Uint32Array | undefined;
  #sums: ReadonlyMap<TraceOrdinal, TraceSum> | undefined;
  #traceIds: Buffer | undefined;

  constructor(id: number, { ordinals, receivedNs }: TraceArrivals, contents: ChunkContents<WalkedSpans>, sourceIds: SourceIds) {
    this.id = id;
    this.ordinals = ordinals;
    this.receivedNs = receivedNs;
    this.lastOrdinal = ordinals.reduce((last, ordinal) => Math.max(last, ordinal), 0);
    this.#contents = contents;
    this.#sourceIds = sourceIds;
  }

  get entry(): SpanEntry {
    this.#entry ??= spanEntryOf(this.#walked, this.ordinals, this.#sourceIds.of(this.#walked.sources));
    return this.#entry;
  }

  holdsTerm(term: number): boolean {
    this.#terms ??= termsOfSpans(this.#walked);
    return holdsTerm(this.#terms, term);
  }

  /** `undefined` where the chunk has no span of the trace. */
  sumOf(ordinal: TraceOrdinal): TraceSum | undefined {
    this.#sums ??= this.#sumTraces();
    return this.#sums.get(ordinal);
  }

  /** The 16 bytes of each trace, as in `ordinals`. */
  get traceIds(): Buffer {
    this.#traceIds ??= distinctTraceIds(this.#contents.of(this.id));
    return this.#traceIds;
  }

  /** Of the trace with these 16 bytes; `undefined` where the chunk has no span of it. */
  ordinalOf(traceId: Uint8Array): TraceOrdinal | undefined {
    const { traceIds } = this;
    for (let at = traceIds.indexOf(traceId); at >= 0; at = traceIds.indexOf(traceId, at + 1))
      if (at % 16 === 0) return this.ordinals[at / 16];
    return undefined;
  }

  get #walked(): WalkedSpans {
    return this.#contents.of(this.id).walked;
  }

  #sumTraces(): ReadonlyMap<TraceOrdinal, TraceSum> {
    const columns = this.#walked;
    const sourceIds = this.#sourceIds.of(columns.sources);
    const nameOf = (row: number): string => readText(columns, row);
    return sumTraces([{ columns, sourceIds, ordinals: this.ordinals, nameOf }], () => true);
  }
}

export function unsealedSpans(db: Database, contents: ChunkContents<WalkedSpans>, sourceIds: SourceIds): Unsealed<UnsealedSpans> {
  const arrivals = db.prepare<[number], { arrival: Buffer; received: Buffer }>('SELECT arrival, received FROM chunk WHERE id = ?');
  return new Unsealed(db, 'traces', (id) => {
    const row = arrivals.get(id);
    if (row === undefined) throw new Error(`Chunk ${id} is to be sealed, and is not there.`);
    return new UnsealedSpans(id, traceArrivals(row), contents, sourceIds);
  });
}
