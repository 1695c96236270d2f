import { RE2JS } from 're2js';
import { QueryError } from '#proto/bridge/query-error';
import type { TextPattern } from '#proto/model/query';

/** A regular expression looks at this many characters from the beginning of a text, so that one text takes a bounded time. */
export const searchedCharacters = 65_536;

/** All that one pattern of one search may take. */
const budgetMs = 8000;
/** The clock is looked at after each so many characters. */
const charactersBetweenLooks = 262_144;

const tests = new WeakMap<TextPattern, TextTest>();

/** The test of a pattern; the same one for as long as the query that it is part of is looked for. */
export function textTest(pattern: TextPattern): TextTest {
  let test = tests.get(pattern);
  if (test === undefined) {
    test = new TextTest(pattern);
    tests.set(pattern, test);
  }
  return test;
}

/**
 * Holds texts against a pattern. Regular expressions are matched by automata (RE2), in a time that grows with the length of the text alone, whatever the pattern; what all texts
 * together may take is bounded here. Throws `QueryError` beyond that.
 */
class TextTest {
  readonly #fits: (text: string) => boolean;
  #characters = 0;
  #startedMs: number | undefined;

  constructor(pattern: TextPattern) {
    this.#fits = pattern.kind === 'wildcard' ? wildcardTest(pattern.parts) : regexTest(pattern.source);
  }

  fits(text: string): boolean {
    this.#characters += text.length;
    if (this.#characters > charactersBetweenLooks) this.#look();
    return this.#fits(text);
  }

  #look(): void {
    this.#characters = 0;
    this.#startedMs ??= performance.now();
    if (performance.now() - this.#startedMs > budgetMs) {
      throw new QueryError(
        `The pattern was given up after ${budgetMs / 1000} s. Add what leaves less to look through: a service, a word, an attribute with its value.`,
        0,
      );
    }
  }
}

function regexTest(source: string): (text: string) => boolean {
  const regex = RE2JS.compile(source);
  return (text) => regex.test(text.length > searchedCharacters ? text.slice(0, searchedCharacters) : text);
}

/** The first part has to begin the text and the last one to end it; what is between is taken where it first comes, which leaves most for the rest. */
function wildcardTest(parts: readonly string[]): (text: string) => boolean {
  const first = parts[0] ?? '';
  if (parts.length < 2) return (text) => text === first;
  const last = parts.at(-1) ?? '';
  const between = parts.slice(1, -1);
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of between) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= end;
  };
}
