import type { Comparison } from '#proto/model/query';
import { type QueryField, queryFields, type Subject } from '#proto/model/query-fields';
import { serviceTerm } from './query-text.ts';

/** Something that a word of a query may go on as. */
export interface QuerySuggestion {
  /** Stands in place of the word. */
  text: string;
  description: string;
}

/** What may stand in place of the characters from `start` to `end` of a query. */
export interface QuerySuggestions {
  start: number;
  end: number;
  items: readonly QuerySuggestion[];
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

const fieldTerm = /^([a-z]+)(:|[<>!]=|[=<>])(.*)$/is;

/**
 * What the word before the caret may become: fields by their first letters, then how a field is compared, then its values, as far as they are known. Nothing for plain words and
 * attributes, and nothing in quotes: a suggestion that is mostly wrong is in the way.
 */
export const suggest = (query: string, caret: number, subject: Subject, services: readonly string[]): QuerySuggestions => {
  const start = wordStart(query.slice(0, caret));
  const word = query.slice(start, caret);
  const end = caret + (/^[^\s"()]*/.exec(query.slice(caret))?.[0].length ?? 0);
  return {
    start,
    end,
    items: suggestFor(word, subject, services)
      .filter(({ text }) => text.trim() !== word)
      .slice(0, mostItems),
  };
};

/** Every way to begin a term: for an empty box whose owner asks what there is. */
export const allFields = (subject: Subject): QuerySuggestion[] => [...fieldsOf(subject).map(beginField), ...operators];

const suggestFor = (word: string, subject: Subject, services: readonly string[]): QuerySuggestion[] => {
  if (word === '') return [];
  const [, name, comparison = '', value = ''] = fieldTerm.exec(word) ?? [];
  if (name === undefined) return beginnings(word, subject);
  const field = fieldsOf(subject).find((candidate) => candidate.name === name.toLowerCase());
  if (field === undefined) return [];
  if (field.name === 'service') return serviceValues(name + comparison, value, services);
  return field.values
    .filter((candidate) => candidate.startsWith(value.toLowerCase()))
    .map((candidate) => ({ text: `${name}${comparison}${candidate} `, description: '' }));
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

const comparisonsOf = (field: QueryField): QuerySuggestion[] =>
  field.comparisons.map((comparison) => ({
    text: `${field.name}${comparison === '=' ? ':' : comparison}`,
    description: comparisonWords[comparison],
  }));

/** Those that begin with what was typed come first. */
const serviceValues = (field: string, typed: string, services: readonly string[]): QuerySuggestion[] => {
  const wanted = typed.toLowerCase();
  const place = (name: string): number => name.toLowerCase().indexOf(wanted);
  return services
    .filter((name) => name !== '' && place(name) >= 0)
    .toSorted((a, b) => Math.min(1, place(a)) - Math.min(1, place(b)))
    .map((name) => ({ text: `${field}${serviceTerm(name).slice('service:'.length)} `, description: '' }));
};

/** Where the word begins that the text ends in; behind it where that is in quotes. */
const wordStart = (text: string): number => {
  const start = /(?:"(?:\\.|[^"\\])*"?|[^\s"])*$/s.exec(text)?.index ?? text.length;
  const bare = start + (/^\(+/.exec(text.slice(start))?.[0].length ?? 0);
  return text.slice(bare).includes('"') ? text.length : bare;
};
