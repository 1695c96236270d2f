import { type QueryField, queryFields, type Subject } from '#proto/model/query-fields';

/** The term of a query that the caret is in, as far as it is written. */
export interface QueryTermAt {
  /** What a suggestion takes the place of. */
  start: number;
  end: number;
  /** From `start` to the caret. */
  text: string;
  compared: Compared | undefined;
}

/** A key with its sign, and the value as far as it is typed. */
export interface Compared {
  /** As they were written, `"my key"=`. */
  head: string;
  /** Without quotes. */
  key: string;
  /** The field that the key names; undefined for an attribute. */
  field: QueryField | undefined;
  sign: string;
  value: string;
}

const comparedPattern = /^("(?:\\.|[^"\\])*"|[^\s"()=!<>:~]+)(:|!?[=~]|[<>]=?)(.*)$/s;

/** A selector of TraceQL that is not closed yet: what is in it is written in another language. */
const openSelector = /(?:^|[\s(])\{(?:[^"}]|"(?:\\.|[^"\\])*"?)*$/s;

/** Undefined where nothing can be completed: in a selector, in a phrase, behind a value's closing quote, in a value with a star. */
export const termAt = (query: string, caret: number, subject: Subject): QueryTermAt | undefined => {
  if (openSelector.test(query.slice(0, caret))) return undefined;
  const start = termStart(query.slice(0, caret));
  const text = query.slice(start, caret);
  const [, written = '', sign = '', typed = ''] = comparedPattern.exec(text) ?? [];
  const value = valueOf(typed);
  if (sign === '' ? text.includes('"') : value === undefined || value.includes('*')) return undefined;
  const isQuoted = typed.startsWith('"');
  const compared = { head: written + sign, key: unquoted(written), field: fieldOf(written, subject), sign, value: value ?? '' };
  return { start, end: caret + lengthBehind(query.slice(caret), isQuoted), text, compared: sign === '' ? undefined : compared };
};

/** What was typed of a value; undefined where it has ended. */
const valueOf = (typed: string): string | undefined => {
  if (!typed.startsWith('"')) return typed.includes('"') ? undefined : typed;
  return /^"(?:\\.|[^"\\])*\\?$/s.test(typed) ? unescaped(typed.slice(1)) : undefined;
};

const unescaped = (text: string): string => text.replaceAll(/\\(["\\])/g, '$1');
const unquoted = (written: string): string => (written.startsWith('"') ? unescaped(written.slice(1, -1)) : written);

const fieldOf = (written: string, subject: Subject): QueryField | undefined =>
  queryFields.find(({ name, subjects }) => name === written.toLowerCase() && subjects.includes(subject));

/** What is behind the caret belongs to the term up to the next space; in quotes up to the quote that closes them. */
const lengthBehind = (behind: string, isQuoted: boolean): number => {
  const closed = isQuoted ? /^(?:[^"\\]|\\.)*"(?=[\s)]|$)/s.exec(behind) : null;
  return (closed ?? /^[^\s"()]*/.exec(behind))?.[0].length ?? 0;
};

/** Where the term begins that the text ends in: behind the last space outside of quotes, and behind the parentheses that open there. */
const termStart = (text: string): number => {
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (isQuoted && character === '\\') at += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (/\s/.test(character) || (character === '(' && at === start))) start = at + 1;
  }
  return start;
};
