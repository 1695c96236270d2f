import { formatCount } from '#proto/text/count';
import { attributeKeyText } from '#proto/model/attribute-term';
import type { Comparison } from '#proto/model/query';
import { type QueryField, queryFields, type Subject } from '#proto/model/query-fields';
import { type Compared, type QueryTermAt, termAt } from './query-term.ts';
import { valueText } from './query-text.ts';

/** Something that a word of a query may go on as. */
export interface QuerySuggestion {
  /** Stands in place of the word. */
  text: string;
  description: string;
  /** How many there are of it, where that was counted. */
  count?: string;
}

/** What may stand in place of the characters from `start` to `end` of a query. */
export interface QuerySuggestions {
  start: number;
  end: number;
  items: readonly QuerySuggestion[];
}

/** What the engine is to be asked for: values of a field or of a key, or keys. */
export interface CompletionWanted {
  field?: 'service' | 'name';
  key?: string;
  prefix: string;
}

/** A text that the stored records have, and how many of them have it. */
export interface CountedText {
  text: string;
  count: number;
}

/** A person who looks for one of more types another letter. */
const mostItems = 12;

const operators: readonly QuerySuggestion[] = [
  { text: 'OR ', description: 'either what is before or what is after' },
  { text: 'NOT ', description: 'without what is after' },
];

const comparisonWords: Record<Comparison, string> = {
  '=': 'is',
  '!=': 'is not',
  '>': 'more than',
  '>=': 'at least',
  '<': 'less than',
  '<=': 'at most',
};

/** What only stored records can tell about the word before the caret; undefined where that is nothing. */
export const completionWanted = (query: string, caret: number, subject: Subject): CompletionWanted | undefined => {
  const term = termAt(query, caret, subject);
  if (term === undefined) return undefined;
  const { compared, text } = term;
  if (compared === undefined) return /^[\p{L}_]/u.test(text) ? { prefix: text } : undefined;
  const of = valuesWanted(compared);
  return of && { ...of, prefix: compared.value };
};

/** Whose values stored records are to tell; undefined where the language lists them, or where there is nothing to choose from. */
const valuesWanted = ({ field, key, sign }: Compared): Omit<CompletionWanted, 'prefix'> | undefined => {
  if (sign !== '=' && sign !== '!=' && (sign !== ':' || field === undefined)) return undefined;
  if (field === undefined) return { key };
  return field.name === 'service' || field.name === 'name' ? { field: field.name } : undefined;
};

/**
 * What the word before the caret may become: fields by their first letters, keys of attributes by any part of them, then how a field is compared, then values. `known`: what the
 * engine answered to `completionWanted`, perhaps of a letter ago. Nothing in a phrase: a suggestion that is mostly wrong is in the way.
 */
export const suggest = (query: string, caret: number, subject: Subject, known: readonly CountedText[]): QuerySuggestions => {
  const term = termAt(query, caret, subject);
  if (term === undefined || term.text === '') return { start: caret, end: caret, items: [] };
  return {
    start: term.start,
    end: term.end,
    items: suggestFor(term, subject, known)
      .filter(({ text }) => text.trim() !== term.text)
      .slice(0, mostItems),
  };
};

/** Every way to begin a term: for an empty box whose owner asks what there is. */
export const allFields = (subject: Subject): QuerySuggestion[] => [...fieldsOf(subject).map(beginField), ...operators];

const suggestFor = ({ text, compared }: QueryTermAt, subject: Subject, known: readonly CountedText[]): QuerySuggestion[] => {
  if (compared === undefined) return [...beginnings(text, subject), ...keysLike(text, known)];
  const { head, field, value } = compared;
  if (valuesWanted(compared) !== undefined) return valuesLike(head, value, known);
  return (field?.values ?? [])
    .filter((candidate) => candidate.startsWith(value.toLowerCase()))
    .map((candidate) => ({ text: `${head}${candidate} `, description: '' }));
};

const fieldsOf = (subject: Subject): QueryField[] => queryFields.filter(({ subjects }) => subjects.includes(subject));

const beginnings = (word: string, subject: Subject): QuerySuggestion[] => {
  const lower = word.toLowerCase();
  const whole = fieldsOf(subject).find(({ name }) => name === lower);
  if (whole !== undefined) return comparisonsOf(whole);
  return [
    ...fieldsOf(subject)
      .filter(({ name }) => name.startsWith(lower))
      .map(beginField),
    ...operators.filter(({ text }) => text.startsWith(word)),
  ];
};

/** As its example begins: `service:`, `duration>`. */
const beginField = ({ name, example, description }: QueryField): QuerySuggestion => ({
  text: name + (/^[a-z]+(:|[<>!]?=|[<>])/.exec(example)?.[1] ?? ':'),
  description: `${description}, as in ${example}`,
});

const comparisonsOf = (field: QueryField): QuerySuggestion[] => [
  ...field.comparisons.map((comparison) => ({
    text: `${field.name}${comparison === '=' ? ':' : comparison}`,
    description: comparisonWords[comparison],
  })),
  ...(field.isText ? [{ text: `${field.name}~`, description: 'has a match of the regular expression' }] : []),
];

/** By fewer letters of it, a key is found at the beginning of its words alone: most keys hold most letters. */
const fewLetters = 3;

const keysLike = (typed: string, known: readonly CountedText[]): QuerySuggestion[] =>
  (typed.length < fewLetters ? known.filter(({ text }) => hasWord(text, typed)) : matching(typed, known)).map(({ text, count }) => ({
    text: `${attributeKeyText(text)}=`,
    description: '',
    count: formatCount(count),
  }));

const valuesLike = (head: string, typed: string, known: readonly CountedText[]): QuerySuggestion[] =>
  matching(typed, known).map(({ text, count }) => ({ text: `${head}${valueText(text)} `, description: '', count: formatCount(count) }));

const hasWord = (key: string, typed: string): boolean =>
  key.split(/[^\p{L}\p{N}]+/u).some((word) => word.toLowerCase().startsWith(typed.toLowerCase()));

/** Those that begin with what was typed come first; besides in the order in which they are known. */
const matching = (typed: string, known: readonly CountedText[]): CountedText[] => {
  const wanted = typed.toLowerCase();
  const place = ({ text }: CountedText): number => text.toLowerCase().indexOf(wanted);
  return known.filter((one) => one.text !== '' && place(one) >= 0).toSorted((a, b) => Math.min(1, place(a)) - Math.min(1, place(b)));
};
