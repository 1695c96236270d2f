import type { LogEntry } from '../../index/entries.ts';
import { mayHold } from '../../index/may-hold.ts';
import { mayHoldNeighbours } from '../../index/neighbour-terms.ts';
import type { Query, QueryTerm } from '#proto/model/query';
import type { GroupEntries } from '../group-entries.ts';
import type { GroupFilters } from '../group-filter.ts';
import type { MatchingSources } from '../source-records.ts';
import type { LogGroup, SealedLogChunk } from './sealed-log-chunks.ts';

/** Which sealed chunks may hold a record that meets a query; each group's filter is asked once, when the first of its chunks is. */
export class SealedCandidates {
  readonly #query: Query;
  readonly #sources: MatchingSources;
  readonly #filters: GroupFilters;
  readonly #entries: GroupEntries<LogEntry>;
  readonly #masks = new Map<number, bigint>();

  constructor(query: Query, sources: MatchingSources, filters: GroupFilters, entries: GroupEntries<LogEntry>) {
    this.#query = query;
    this.#sources = sources;
    this.#filters = filters;
    this.#entries = entries;
  }

  has({ group, place }: SealedLogChunk): boolean {
    let mask = this.#masks.get(group.id);
    if (mask === undefined) {
      mask = this.#maskOf(group);
      this.#masks.set(group.id, mask);
    }
    return (mask & (1n << BigInt(place))) !== 0n;
  }

  #maskOf(group: LogGroup): bigint {
    const all = (1n << BigInt(group.chunks.length)) - 1n;
    const has = (term: number): bigint => this.#filters.maskOf(group, term);
    const mask = mayHold(this.#query, all, has, (term) => this.#sourceMask(group, term));
    return mayHoldNeighbours(this.#query, mask, has);
  }

  #sourceMask(group: LogGroup, term: QueryTerm): bigint {
    const matching = this.#sources.matching(term);
    if (matching.size === 0) return 0n;
    return this.#entries
      .of(group.id)
      .reduce((mask, { sourceIds }, place) => (sourceIds.some((id) => matching.has(id)) ? mask | (1n << BigInt(place)) : mask), 0n);
  }
}
