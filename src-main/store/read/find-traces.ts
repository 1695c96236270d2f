import type { Query, QueryTerm } from '#proto/model/query';
import type { WalkedSpans } from '#main/decode/walk/walked';
import type { SpanEntry } from '../index/entries.ts';
import { mayHold } from '../index/may-hold.ts';
import { cutTerm, foldedLettersTerm } from '../index/term-hash.ts';
import type { TraceOrdinal } from '../interface.ts';
import type { ChunkContents } from './chunk-content.ts';
import { evaluateEntry, verdict } from './evaluate-entry.ts';
import { evaluateWalked } from './evaluate-walked.ts';
import type { GroupEntries } from './group-entries.ts';
import type { GroupFilters } from './group-filter.ts';
import { cluesOf, type Clue } from './logs/clues.ts';
import { narrowRows } from './logs/narrow.ts';
import type { NewestOrdinals } from './newest-ordinals.ts';
import { OddSpanValues } from './odd-span-values.ts';
import type { MatchingSources } from './source-records.ts';
import type { TraceGroup } from './trace-groups.ts';
import type { UnsealedSpans } from './unsealed-spans.ts';

/** Where spans are looked for, as of one transaction. */
export interface SpanChunks {
  unsealed: Iterable<UnsealedSpans>;
  /** Those with the newest traces first. */
  groups: readonly TraceGroup[];
  filters: GroupFilters;
  entries: GroupEntries<SpanEntry>;
  contents: ChunkContents<WalkedSpans>;
}

/**
 * Adds to `found` the newest traces of which one span meets the query.
 *
 * Unsealed chunks and sealed groups are visited in the order of their newest traces, until none that is left can have a newer one than those that were found. Of each, the filter
 * says which chunks may hold a match; of those, the entry says which traces do, do not, or may; and only for the last ones a chunk's bytes are looked at. Once
 * chunks with `mostSpans` spans were looked into, the search ends. Returns whether it went to its end; if not, `found` has what is certain to be the newest.
 */
export function findTraces(
  query: Query,
  chunks: SpanChunks,
  sources: MatchingSources,
  found: NewestOrdinals,
  mostSpans = Number.POSITIVE_INFINITY,
): boolean {
  const search = new Search(query, chunks, sources, found, mostSpans);
  const places: (UnsealedSpans | TraceGroup)[] = [...chunks.unsealed, ...chunks.groups];
  places.sort((a, b) => b.lastOrdinal - a.lastOrdinal);
  for (const [index, place] of places.entries()) {
    if (place.lastOrdinal <= found.floor) break;
    if ('chunks' in place) search.group(place);
    else search.unsealed(place);
    if (search.isSpent) {
      found.forgetUpTo(Math.max(search.newestLeft, places[index + 1]?.lastOrdinal ?? 0));
      return false;
    }
  }
  return true;
}

/** What `chunk_group.longest_ns` can say at most. */
const longestNs = 2n ** 63n - 1n;

/** From this share of a chunk's spans on, all of them are walked: what they have in common is then looked at once, and it is remembered. */
const mostOfChunk = 0.5;

class Search {
  readonly #query: Query;
  readonly #chunks: SpanChunks;
  readonly #sources: MatchingSources;
  readonly #found: NewestOrdinals;
  readonly #leastNs: bigint;
  readonly #clues: readonly Clue[];
  /** In chunks with how many more spans it may be looked. */
  #left: number;
  /** Once it is spent: the newest trace of the chunks of the place that were not looked at. */
  newestLeft: TraceOrdinal = 0;

  constructor(query: Query, chunks: SpanChunks, sources: MatchingSources, found: NewestOrdinals, mostSpans: number) {
    this.#query = query;
    this.#chunks = chunks;
    this.#sources = sources;
    this.#found = found;
    this.#leastNs = leastDuration(query);
    this.#clues = cluesOf(query);
    this.#left = mostSpans;
  }

  get isSpent(): boolean {
    return this.#left < 0;
  }

  unsealed(chunk: UnsealedSpans): void {
    if (!this.#wantsAny(chunk.ordinals)) return;
    if (this.#mayHold(1n, (term) => (chunk.holdsTerm(term) ? 1n : 0n)) !== 0n)
      this.#chunk(chunk.id, chunk.entry, () => chunk.holdsTerm(foldedLettersTerm) || chunk.holdsTerm(cutTerm));
  }

  group(group: TraceGroup): void {
    if (group.firstOrdinal >= this.#found.before) return;
    if (this.#leastNs > group.longestNs && group.longestNs < longestNs) return;
    const all = (1n << BigInt(group.chunks.length)) - 1n;
    const mask = this.#mayHold(all, (term) => this.#chunks.filters.maskOf(group, term));
    if (mask === 0n) return;
    const entries = this.#chunks.entries.of(group.id);
    const candidates: { id: number; place: bigint; entry: SpanEntry; lastOrdinal: TraceOrdinal }[] = [];
    for (const [place, id] of group.chunks.entries()) {
      const entry = entries[place];
      if (entry !== undefined && ((mask >> BigInt(place)) & 1n) === 1n)
        candidates.push({ id, place: BigInt(place), entry, lastOrdinal: lastOf(entry.ordinals) });
    }
    candidates.sort((a, b) => b.lastOrdinal - a.lastOrdinal);
    for (const { id, place, entry, lastOrdinal } of candidates) {
      if (lastOrdinal <= this.#found.floor || this.isSpent) return;
      this.#chunk(id, entry, () => ((this.#chunks.filters.foldedIn(group) >> place) & 1n) === 1n);
    }
  }

  #mayHold(chunks: bigint, has: (term: number) => bigint): bigint {
    const sourceMask = (term: QueryTerm): bigint => (this.#sources.matching(term).size > 0 ? chunks : 0n);
    return mayHold(this.#query, chunks, has, sourceMask);
  }

  /** `isFolded`: whether the chunk may hold letters of which its bytes tell nothing. */
  #chunk(id: number, entry: SpanEntry, isFolded: () => boolean): void {
    const { ordinals, trace } = entry;
    if (!this.#wantsAny(ordinals)) return;
    const verdicts = evaluateEntry(this.#query, entry, this.#sources);
    const best = bestOfTraces(entry, verdicts);
    for (let row = 0; row < ordinals.length; row += 1) if (best[row] === verdict.yes) this.#found.add(ordinals[row] as number);
    for (let row = 0; row < ordinals.length; row += 1) if (!this.#found.wants(ordinals[row] as number)) best[row] = verdict.no;
    const doubtful: number[] = [];
    for (let span = 0; span < verdicts.length; span += 1)
      if (verdicts[span] === verdict.maybe && best[trace[span] as number] === verdict.maybe) doubtful.push(span);
    if (doubtful.length === 0) return;
    this.#left -= entry.count;
    if (this.isSpent) {
      this.newestLeft = lastOf(ordinals);
      return;
    }
    for (const span of this.#meeting(id, doubtful, this.#cluesIn(entry, isFolded)))
      this.#found.add(ordinals[trace[span] as number] as number);
  }

  /** Those of the spans that meet the query, by the chunk's bytes. */
  #meeting(id: number, doubtful: number[], clues: readonly Clue[]): number[] {
    const content = this.#chunks.contents.of(id);
    const spans = narrowRows(content, doubtful, clues, OddSpanValues);
    if (spans.length === 0) return spans;
    const all = spans.length > content.frame.count * mostOfChunk;
    const met = evaluateWalked(this.#query, all ? content.walked : content.excerpt(spans));
    return spans.filter((span, place) => met[all ? span : place] === 1);
  }

  #cluesIn({ sourceIds }: SpanEntry, isFolded: () => boolean): readonly Clue[] {
    return this.#clues.filter((clue) => {
      if (clue.isFolded && isFolded()) return false;
      return !clue.ofSources.some((term) => sourceIds.some((id) => this.#sources.sourceMatches(term, id)));
    });
  }

  #wantsAny(ordinals: Uint32Array): boolean {
    for (let trace = 0; trace < ordinals.length; trace += 1) if (this.#found.wants(ordinals[trace] as number)) return true;
    return false;
  }
}

/** Of each trace the best verdict of its spans. */
function bestOfTraces({ ordinals, trace, count }: SpanEntry, verdicts: Uint8Array): Uint8Array {
  const best = new Uint8Array(ordinals.length);
  for (let span = 0; span < count; span += 1) {
    const row = trace[span] as number;
    const one = verdicts[span] as number;
    if (one > (best[row] as number)) best[row] = one;
  }
  return best;
}

function lastOf(ordinals: Uint32Array): TraceOrdinal {
  let last = 0;
  for (let trace = 0; trace < ordinals.length; trace += 1) last = Math.max(last, ordinals[trace] as number);
  return last;
}

/** No span that is shorter meets the query. */
function leastDuration(query: Query): bigint {
  const none = -(2n ** 64n);
  switch (query.kind) {
    case 'and':
      return query.of.reduce((least, part) => greater(least, leastDuration(part)), none);
    case 'or':
      return query.of.length === 0 ? none : query.of.map(leastDuration).reduce((a, b) => (a < b ? a : b));
    case 'duration':
      return query.comparison === '>' || query.comparison === '>=' || query.comparison === '=' ? BigInt(query.ns) : none;
    default:
      return none;
  }
}

const greater = (a: bigint, b: bigint): bigint => (a > b ? a : b);
