import { QueryError } from '#proto/bridge/query-error';
import type { Piece } from './piece.ts';
import { Scanner } from './scanner.ts';

/** A part of a selector. `path`: a field or a word; `number`: also with units, as it stands there; `sign`: anything else that is known. */
export type SelectorToken =
  | { kind: 'path'; text: string; start: number }
  | { kind: 'number'; text: string; start: number }
  | { kind: 'sign'; text: string; start: number }
  | { kind: 'text'; value: Piece; start: number }
  | { kind: 'end'; start: number };

const number =
  /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+|(?:ns|us|[\u00B5\u03BC]s|ms|s|m|h)(?:\d+(?:\.\d+)?(?:ns|us|[\u00B5\u03BC]s|ms|s|m|h))*)?(?![\w.])/uy;
/** Keys may have parts in quotes: `span."with space"`. */
const path = /[\p{L}_.](?:[^\s{}()=~!<>&|^,"`]|"(?:[^"\\]|\\[^])*")*/uy;
const sign = /&&|\|[|=~>]|=~|!~|!=|>=|<=|&?!?(?:>>|<<)|[&!]?[<>~]|[=!(){}|,&+*/%^-]/uy;

/** Cuts the selectors of TraceQL and LogQL into tokens, one at a time. */
export class SelectorTokens {
  readonly #scanner: Scanner;
  #next: SelectorToken | undefined;

  constructor(text: string, start: number) {
    this.#scanner = new Scanner(text);
    this.#scanner.position = start;
  }

  /** Behind the token that was passed last, as long as nobody has looked at the next one; so too for `isAhead` and `takes`. */
  get end(): number {
    return this.#scanner.position;
  }

  /** Whether a sticky pattern fits what follows, which need not be a token. */
  isAhead(pattern: RegExp): boolean {
    return this.#scanner.lookingAt(pattern);
  }

  get next(): SelectorToken {
    return (this.#next ??= this.#read());
  }

  advance(): void {
    this.#next = undefined;
  }

  /** Passes over what a sticky pattern fits, if it does. */
  takes(pattern: RegExp): boolean {
    return this.#scanner.take(pattern) !== '';
  }

  /** Passes over a sign where it is the next token. */
  passes(text: string): boolean {
    const isNext = this.next.kind === 'sign' && this.next.text === text;
    if (isNext) this.advance();
    return isNext;
  }

  #read(): SelectorToken {
    const scanner = this.#scanner;
    scanner.take(/\s*/uy);
    const start = scanner.position;
    if (scanner.next === undefined) return { kind: 'end', start };
    if (scanner.next === '"' || scanner.next === '`') return { kind: 'text', value: this.#text(start), start };
    for (const [kind, pattern] of [
      ['number', number],
      ['path', path],
      ['sign', sign],
    ] as const) {
      const text = scanner.take(pattern);
      if (text !== '') return { kind, text, start };
    }
    throw new QueryError('This is not part of a selector. Text has to be in quotes.', start);
  }

  #text(start: number): Piece {
    const scanner = this.#scanner;
    if (scanner.next === '"') {
      const text = scanner.takeQuoted();
      return { text, quoted: true, start, raw: scanner.since(start) };
    }
    const [, text] = /^`([^`]*)`/u.exec(scanner.take(/`[^`]*`/uy)) ?? [];
    if (text === undefined) throw new QueryError('The quote that begins here is not closed.', start);
    return { text, quoted: false, start: start + 1, raw: text };
  }
}
