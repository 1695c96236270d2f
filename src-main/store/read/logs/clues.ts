import type { Query, QueryTerm, TextPattern } from '#proto/model/query';
import { attributeNames } from '#proto/model/semantic-conventions';
import { wordsOfPattern } from '../../index/pattern-words.ts';
import { wordsOf } from '../../index/words.ts';
import { exactSearch, wordSearch, type ByteSearch } from './byte-search.ts';

/** What stands in the bytes of every log record that a query finds. */
export interface Clue {
  /** A record has at least one of them. */
  searches: readonly ByteSearch[];
  /** Words of them that a record may also show in a value that is not sent as text (`odd-values.ts`). */
  shown: readonly string[];
  /** Names of the only attributes that may show them; `undefined` where any field may. */
  names: readonly string[] | undefined;
  /** A letter with an accent stands for a plain one: no clue in a chunk that has such. */
  isFolded: boolean;
  /** Terms that a record's source may meet in its stead. */
  ofSources: readonly QueryTerm[];
  /** Greater ones leave fewer records. */
  weight: number;
}

/** Fewer letters occur in the bytes of nearly every record. */
const fewestLetters = 3;
const mostClues = 3;
const mostAlternatives = 8;

/** The best few, the most telling first. */
export function cluesOf(query: Query): Clue[] {
  return allClues(query)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostClues);
}

/** The 16 bytes of a trace's id, or the 8 of a span's, in a field or, in hex, in an attribute (`logContext`). */
export function clueOfId(id: Uint8Array): Clue {
  return {
    searches: [exactSearch(id), wordSearch(Buffer.from(id).toString('hex'))],
    shown: [],
    names: undefined,
    isFolded: false,
    ofSources: [],
    weight: id.length,
  };
}

function allClues(query: Query): Clue[] {
  switch (query.kind) {
    case 'and':
      return query.of.flatMap(allClues);
    case 'or':
      return alternatives(query.of.map((part) => cluesOf(part)[0]));
    case 'text':
      return wordsOf(query.text).flatMap((word) => clueOfWord(word, { isFolded: true, shown: [word], names: undefined, ofSources: [] }));
    case 'attribute':
      return query.comparison === '=' ? [...clueOfValue(query), ...clueOfKey(query)] : clueOfKey(query);
    case 'exists':
      return clueOfKey(query);
    case 'attributeLike':
      return [...cluesOfPattern(query.pattern, { names: attributeNames(query.key), ofSources: [query] }), ...clueOfKey(query)];
    case 'like':
      return query.field === 'service' ? [] : cluesOfPattern(query.pattern, { names: undefined, ofSources: [] });
    default:
      return [];
  }
}

/** One of the clues; none where one part of the `or` has none. */
function alternatives(clues: readonly (Clue | undefined)[]): Clue[] {
  const known = clues.filter((clue) => clue !== undefined);
  if (known.length < clues.length || known.length === 0 || known.length > mostAlternatives) return [];
  return [
    {
      searches: known.flatMap(({ searches }) => searches),
      shown: known.flatMap(({ shown }) => shown),
      names: known.some(({ names }) => names === undefined) ? undefined : known.flatMap(({ names }) => names ?? []),
      isFolded: known.some(({ isFolded }) => isFolded),
      ofSources: known.flatMap(({ ofSources }) => ofSources),
      weight: Math.min(...known.map(({ weight }) => weight)),
    },
  ];
}

/** The words stand in a text's bytes as they are, and at the beginning of a word where a value is shown otherwise than it is sent. */
function cluesOfPattern(pattern: TextPattern, where: Pick<Clue, 'names' | 'ofSources'>): Clue[] {
  const { whole, beginnings } = wordsOfPattern(pattern);
  return [...whole, ...beginnings].flatMap((word) => clueOfWord(word, { isFolded: false, shown: [word], ...where }));
}

function clueOfKey(term: Extract<QueryTerm, { kind: 'attribute' | 'attributeLike' | 'exists' }>): Clue[] {
  if (attributeNames(term.key).length > 1) return [];
  const clues = clueOfWord(longestWord(term.key), { isFolded: false, shown: [], names: undefined, ofSources: [term] });
  // Values tell records apart, keys hardly do.
  return clues.map((clue) => ({ ...clue, weight: clue.weight - 100 }));
}

function clueOfValue(term: Extract<QueryTerm, { kind: 'attribute' }>): Clue[] {
  const word = longestWord(term.value);
  const shown = mayBeOdd(term.value) ? [word] : [];
  return clueOfWord(word, { isFolded: false, shown, names: attributeNames(term.key), ofSources: [term] });
}

/** Whether a value that is no text may be shown so: a number, a bool, bytes in base64, a list or a map. */
function mayBeOdd(value: string): boolean {
  return /^(?:[A-Za-z0-9+/]*={0,2}|[[{].*|-?[\d.]+(?:e[+-]?\d+)?|-Infinity)$/s.test(value);
}

function clueOfWord(word: string, { isFolded, shown, names, ofSources }: Pick<Clue, 'isFolded' | 'shown' | 'names' | 'ofSources'>): Clue[] {
  if (!/^[a-z0-9]+$/.test(word) || word.length < fewestLetters) return [];
  const weight = word.length + (/\d/.test(word) ? 4 : 0);
  return [{ searches: [wordSearch(word)], shown, names, isFolded, ofSources, weight }];
}

/** Letters and digits of ASCII that stand together: they do so in the bytes, too. */
function longestWord(text: string): string {
  const words = text.match(/[a-z0-9]+/gi) ?? [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '').toLowerCase();
}
