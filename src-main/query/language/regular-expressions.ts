import { RE2JS, RE2JSSyntaxException } from 're2js';
import { QueryError } from '#proto/bridge/query-error';
import type { TextPattern } from '#proto/model/query';
import { placeIn, type Piece } from './piece.ts';

/** States of the automaton: what each character of a text may take is bounded by it. */
const largestProgram = 1000;

/** Reads what stands behind `~`. Throws `QueryError` at the character that is wrong. */
export function readRegex(value: Piece): Extract<TextPattern, { kind: 'regex' }> {
  const source = value.text;
  try {
    if (RE2JS.compile(source).programSize() > largestProgram)
      throw new QueryError('The regular expression is too large. Repeat less in it.', value.start);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    throw new QueryError(sentenceOf(error), placeIn(value, placeOf(error, source)));
  }
  return { kind: 'regex', source };
}

/** The same with both ends of the text as part of it, as Prometheus and its relatives read regular expressions. */
export function wholeRegex({ source }: Extract<TextPattern, { kind: 'regex' }>): TextPattern {
  if (!/[|]|\\Q/u.test(source)) return { kind: 'regex', source: `^${source}$` };
  const whole = `^(?:${source})$`;
  // What \Q quotes may go on to the end.
  return { kind: 'regex', source: isReadable(whole) ? whole : `^(?:${source}\\E)$` };
}

const sentences: Record<string, string> = {
  'missing closing )': 'This parenthesis of the regular expression is not closed.',
  'unexpected )': 'This parenthesis of the regular expression closes nothing. To look for it as text, write \\).',
  'missing closing ]': 'This bracket of the regular expression is not closed.',
  'missing argument to repetition operator': 'There is nothing here that the regular expression could repeat.',
  'invalid nested repetition operator': 'What is repeated already cannot be repeated again in a regular expression; use parentheses.',
  'invalid repeat count': 'A regular expression can repeat up to 1000 times in all, from a smaller to a greater number.',
  'invalid character class range': 'The regular expression has no such class or range of characters.',
  'invalid escape sequence':
    'The regular expression has an escape here that is not known. Back references would take a time without bounds.',
  'trailing backslash at end of expression': 'A backslash at the end of a regular expression needs something behind it.',
};
const lookAround = 'The regular expression has a group here that is not known. Looking ahead or behind would take a time without bounds.';

const sentenceOf = ({ error }: RE2JSSyntaxException): string => sentences[error] ?? lookAround;

/** Index in `source` of what an error is about. */
function placeOf({ error, input }: RE2JSSyntaxException, source: string): number {
  if (error === 'missing closing )' || error === 'unexpected )') return strayParenthesis(source);
  const fragment = input ?? source.slice(-1);
  for (let at = source.indexOf(fragment); at >= 0; at = source.indexOf(fragment, at + 1))
    if (isWrong(source.slice(0, at + fragment.length), error)) return at;
  return Math.max(0, source.lastIndexOf(fragment));
}

function isReadable(source: string): boolean {
  try {
    RE2JS.compile(source);
    return true;
  } catch {
    return false;
  }
}

/** Whether a beginning of a regular expression is wrong in this way already. */
function isWrong(beginning: string, error: string): boolean {
  try {
    RE2JS.compile(beginning);
    return false;
  } catch (problem) {
    return problem instanceof RE2JSSyntaxException && problem.error === error;
  }
}

/** What the parser steps over as a whole where it looks for parentheses: escapes, quoted text, classes. */
const inert = /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\[:\w+:\]|\\[^]|[^\]\\])*\]/uy;

/** The first parenthesis that closes nothing, else the last one that is not closed. */
function strayParenthesis(source: string): number {
  const open: number[] = [];
  for (let at = 0; at < source.length; at += 1) {
    inert.lastIndex = at;
    const skipped = inert.exec(source)?.[0].length ?? 0;
    if (skipped > 0) at += skipped - 1;
    else if (source[at] === '(') open.push(at);
    else if (source[at] === ')' && open.pop() === undefined) return at;
  }
  return open.at(-1) ?? 0;
}
