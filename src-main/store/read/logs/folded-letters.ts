import { cutTerm, foldedLettersTerm } from '../../index/term-hash.ts';
import type { GroupFilters } from '../group-filter.ts';
import type { LogGroup, SealedLogChunk } from './sealed-log-chunks.ts';

/** Which sealed chunks have letters with an accent, or texts of which not all is known. Each group is asked once. */
export class FoldedLetters {
  readonly #filters: GroupFilters;
  readonly #masks = new WeakMap<LogGroup, bigint>();

  constructor(filters: GroupFilters) {
    this.#filters = filters;
  }

  areIn({ group, place }: SealedLogChunk): boolean {
    let mask = this.#masks.get(group);
    if (mask === undefined) {
      mask = this.#filters.maskOf(group, foldedLettersTerm) | this.#filters.maskOf(group, cutTerm);
      this.#masks.set(group, mask);
    }
    return (mask & (1n << BigInt(place))) !== 0n;
  }
}
