import type { Query, QueryTerm } from '#proto/model/query';
import { attributeNames } from '#proto/model/semantic-conventions';
import { wordsOf } from '../../index/words.ts';
import { exactSearch, wordSearch, type ByteSearch } from './byte-search.ts';

/** What stands in the bytes of every log record that a query finds. */
export interface Clue {
  /** A record has at least one of them. */
  searches: readonly ByteSearch[];
  /** The word, where a record may also show it in a value that is not sent as text (`odd-values.ts`). */
  shownAs: string | undefined;
  /** A letter with an accent stands for a plain one: no clue in a chunk that has such. */
  isFolded: boolean;
  /** A term that a record's source may meet in its stead. */
  orSource: QueryTerm | undefined;
}

/** Fewer letters occur in the bytes of nearly every record. */
const fewestLetters = 3;
const mostClues = 3;

/** The best few, the most telling first. */
export function cluesOf(query: Query): Clue[] {
  return required(query)
    .flatMap(cluesOfTerm)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostClues)
    .map(({ clue }) => clue);
}

/** The 16 bytes of a trace's id, or the 8 of a span's, in a field or, in hex, in an attribute (`logContext`). */
export function clueOfId(id: Uint8Array): Clue {
  return {
    searches: [exactSearch(id), wordSearch(Buffer.from(id).toString('hex'))],
    shownAs: undefined,
    isFolded: false,
    orSource: undefined,
  };
}

/** Terms that a record has to meet, whatever else it does. */
function required(query: Query): QueryTerm[] {
  switch (query.kind) {
    case 'and':
      return query.of.flatMap(required);
    case 'or':
    case 'not':
      return [];
    default:
      return [query];
  }
}

function cluesOfTerm(term: QueryTerm): { clue: Clue; weight: number }[] {
  switch (term.kind) {
    case 'text':
      return wordsOf(term.text).flatMap((word) => clueOfWord(word, word, true, undefined));
    case 'attribute':
      return [
        ...clueOfKey(term.key, term),
        ...(term.comparison === '=' ? clueOfWord(longestWord(term.value), longestWord(term.value), false, term) : []),
      ];
    case 'exists':
      return clueOfKey(term.key, term);
    default:
      return [];
  }
}

function clueOfKey(key: string, term: QueryTerm): { clue: Clue; weight: number }[] {
  return attributeNames(key).length > 1 ? [] : clueOfWord(longestWord(key), undefined, false, term);
}

function clueOfWord(
  word: string,
  shownAs: string | undefined,
  isFolded: boolean,
  orSource: QueryTerm | undefined,
): { clue: Clue; weight: number }[] {
  if (!/^[a-z0-9]+$/.test(word) || word.length < fewestLetters) return [];
  const weight = word.length + (/\d/.test(word) ? 4 : 0) - (shownAs === undefined ? 8 : 0);
  return [{ clue: { searches: [wordSearch(word)], shownAs, isFolded, orSource }, weight }];
}

/** Letters and digits of ASCII that stand together: they do so in the bytes, too. */
function longestWord(text: string): string {
  const words = text.match(/[a-z0-9]+/gi) ?? [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '').toLowerCase();
}
