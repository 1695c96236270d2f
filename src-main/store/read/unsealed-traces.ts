import type { TraceOrdinal } from '../interface.ts';
import type { Unsealed } from './unsealed.ts';
import type { UnsealedSpans } from './unsealed-spans.ts';

/** What unsealed chunks have of one trace. */
export interface UnsealedTrace {
  /** When the first of it arrived. */
  receivedNs: bigint;
  /** In order of their ids. */
  chunks: UnsealedSpans[];
}

const nothing: readonly UnsealedSpans[] = [];

/** Which traces have spans in unsealed chunks, and in which ones: made when it is first asked for, good for one state of the store. */
export class UnsealedTraces {
  readonly #unsealed: Unsealed<UnsealedSpans>;
  #known: ReadonlyMap<TraceOrdinal, UnsealedTrace> | undefined;
  #ordinals: Uint32Array | undefined;

  constructor(unsealed: Unsealed<UnsealedSpans>) {
    this.#unsealed = unsealed;
  }

  /** To be called when the unsealed chunks have changed. */
  refresh(): void {
    this.#known = undefined;
    this.#ordinals = undefined;
  }

  get(ordinal: TraceOrdinal): UnsealedTrace | undefined {
    return this.#traces.get(ordinal);
  }

  /** In order of their ids. */
  chunksOf(ordinal: TraceOrdinal): readonly UnsealedSpans[] {
    return this.get(ordinal)?.chunks ?? nothing;
  }

  /** Ascending. */
  get ordinals(): Uint32Array {
    this.#ordinals ??= Uint32Array.from(this.#traces.keys()).toSorted();
    return this.#ordinals;
  }

  get #traces(): ReadonlyMap<TraceOrdinal, UnsealedTrace> {
    this.#known ??= tracesOf(this.#unsealed.chunks());
    return this.#known;
  }
}

function tracesOf(chunks: Iterable<UnsealedSpans>): Map<TraceOrdinal, UnsealedTrace> {
  const traces = new Map<TraceOrdinal, UnsealedTrace>();
  for (const chunk of chunks) {
    for (const [place, ordinal] of chunk.ordinals.entries()) {
      const receivedNs = chunk.receivedNs[place] as bigint;
      const known = traces.get(ordinal);
      if (known === undefined) traces.set(ordinal, { receivedNs, chunks: [chunk] });
      else {
        known.chunks.push(chunk);
        if (receivedNs < known.receivedNs) known.receivedNs = receivedNs;
      }
    }
  }
  return traces;
}
