import { QueryError } from '#proto/bridge/query-error';
import type { Comparison } from '#proto/model/query';
import { fieldNamed, isOrdered, isText } from './fields.ts';
import type { Piece } from './piece.ts';
import { Scanner } from './scanner.ts';

export type Operator = ':' | '~' | '!~' | Comparison;

/** What is compared with: `parts` are what stands between the stars that are not in quotes. */
export interface Value extends Piece {
  parts: readonly string[];
}

/** A term before anybody asked what it means. */
export type TermToken =
  /** `prefix`: a star follows. */
  | { kind: 'words'; start: number; words: string; prefix: boolean }
  /** `value` is empty and unquoted where there is none, and so is the key of `~"..."`. */
  | { kind: 'comparison'; start: number; key: Piece; operator: Operator; operatorStart: number; value: Value };

/** `(`, `)`, the words in capitals that join terms, and the place where a selector of another language begins. */
export interface Mark {
  kind: '(' | ')' | 'selector' | 'AND' | 'OR' | 'NOT' | 'end';
  start: number;
}

export type Token = TermToken | Mark;

/** What is so written that a number was meant: `5`, `-1.5`, `1e3`, and `5kB` as well, so that it is answered with an error rather than taken for a word. */
const numberBehind = /[<>][-+]?\.?\d[\w.+%\u00B5\u03BC-]*(?=[\s)]|$)/uy;
/** What can be no word with a tilde in it: `name~x`, but not `/home/~x`. */
const plainKey = /^[\p{L}_][\p{L}\p{N}._-]*$/u;
/** After a colon: nothing, space, `:`, `/`, `\` or only a number. Then it is part of a word, such as `http://x`, `localhost:5001` or `Error:`. */
const wordBehind = /:(?:$|[\s:/\\)]|\d+(?:[\s/:?#,.;)]|$))/uy;

/** Cuts a query into tokens, one at a time, so that the first thing wrong is the first one told of. */
export class Tokenizer {
  readonly #scanner: Scanner;
  readonly #selectorAhead: RegExp;
  #openGroups = 0;
  #next: Token | undefined;

  /** `selectorAhead`: how a selector of another language begins. */
  constructor(text: string, selectorAhead: RegExp) {
    this.#selectorAhead = selectorAhead;
    this.#scanner = new Scanner(text);
  }

  get next(): Token {
    return (this.#next ??= this.#read());
  }

  advance(): void {
    this.#next = undefined;
  }

  /** Goes on behind a selector, which somebody else has read. */
  continueAt(position: number): void {
    this.#scanner.position = position;
    this.advance();
    this.#expectEnd('Something follows the closing brace. Put a space between.');
  }

  #read(): Token {
    const scanner = this.#scanner;
    scanner.take(/\s*/uy);
    const start = scanner.position;
    if (scanner.next === undefined) return { kind: 'end', start };
    if (scanner.next === '(') return this.#open(start);
    if (scanner.next === ')') return this.#close(start);
    if (scanner.lookingAt(this.#selectorAhead)) return { kind: 'selector', start };
    const word = scanner.take(/(?:AND|OR|NOT)(?=[\s()"]|$)/uy);
    return word === 'AND' || word === 'OR' || word === 'NOT' ? { kind: word, start } : this.#readTerm(start);
  }

  #open(start: number): Mark {
    this.#scanner.skip();
    this.#openGroups += 1;
    return { kind: '(', start };
  }

  #close(start: number): Mark {
    if (this.#openGroups === 0) throw new QueryError('No parenthesis is open that this one could close.', start);
    this.#scanner.skip();
    this.#openGroups -= 1;
    return { kind: ')', start };
  }

  #readTerm(start: number): TermToken {
    const scanner = this.#scanner;
    const quoted = scanner.next === '"';
    const text = quoted
      ? scanner.takeQuoted()
      : this.#takeBare((from) => scanner.next === ':' || scanner.next === '"' || this.#isAtOperator(from));
    const operatorStart = scanner.position;
    if (quoted ? scanner.lookingAt(/!=|!?~|[=<>]/uy) : this.#isAtOperator(start)) {
      const key = { text, quoted, start, raw: scanner.since(start) };
      const operator = scanner.take(/:|![=~]|~|[<>]?=|[<>]/uy) as Operator;
      const value = operator === '=' || operator === '!=' || operator === ':' ? this.#readParts() : this.#readValue();
      return { kind: 'comparison', start, key, operator, operatorStart, value };
    }
    if (quoted) {
      const prefix = scanner.take(/\*/uy) !== '';
      this.#expectEnd();
      return { kind: 'words', start, words: text, prefix };
    }
    const word = text + this.#takeBare(() => scanner.next === '"');
    if (scanner.next === '"') throw new QueryError('A quote can only begin a term. Put a space before it.', scanner.position);
    return word.endsWith('*')
      ? { kind: 'words', start, words: word.slice(0, -1), prefix: true }
      : { kind: 'words', start, words: word, prefix: false };
  }

  #readValue(): Value {
    const scanner = this.#scanner;
    const start = scanner.position;
    const quoted = scanner.next === '"';
    const text = quoted ? scanner.takeQuoted() : this.#takeBare(() => false);
    const raw = scanner.since(start);
    if (quoted) this.#expectEnd();
    return { text, quoted, start, raw, parts: [text] };
  }

  /** A value in which stars stand for anything: what is between them may be in quotes, in which a star is a star. */
  #readParts(): Value {
    const scanner = this.#scanner;
    const start = scanner.position;
    const parts: string[] = [];
    let part = '';
    let quoted = false;
    do {
      if (scanner.lookingAt(/"/uy)) {
        quoted = true;
        part += scanner.takeQuoted();
        if (!scanner.lookingAt(/\*/uy)) this.#expectEnd();
      } else {
        const bare = this.#takeBare(() => scanner.next === '"' && scanner.previous === '*').split('*');
        parts.push(...bare.slice(0, -1).map((text, index) => (index === 0 ? part + text : text)));
        part = (bare.length === 1 ? part : '') + (bare.at(-1) ?? '');
      }
    } while (scanner.lookingAt(/\*/uy) || (scanner.previous === '*' && scanner.lookingAt(/"/uy)));
    parts.push(part);
    const last = parts.length - 1;
    const distinct = parts.filter((text, index) => text !== '' || index === 0 || index === last);
    return { text: parts.join('*'), quoted, start, raw: scanner.since(start), parts: distinct };
  }

  /**
   * Takes what is not in quotes, up to the next space or where `isEnd`. Parentheses that open inside belong to it, and so does all that is in them; one that closes more than
   * was opened inside closes the group around, if there is one.
   */
  #takeBare(isEnd: (start: number) => boolean): string {
    const scanner = this.#scanner;
    const start = scanner.position;
    let depth = 0;
    while (scanner.next !== undefined && !/\s/u.test(scanner.next)) {
      if (scanner.next === ')' && depth === 0 && this.#openGroups > 0) break;
      if (isEnd(start) && (depth === 0 || scanner.next === '"')) break;
      if (scanner.next === '(') depth += 1;
      else if (scanner.next === ')') depth = Math.max(0, depth - 1);
      scanner.skip();
    }
    return scanner.since(start);
  }

  /** Whether what was passed since `start` is compared with what follows, rather than both being one word. */
  #isAtOperator(start: number): boolean {
    const scanner = this.#scanner;
    const { next } = scanner;
    if (next === '=' || scanner.lookingAt(/!=/uy)) return true;
    const head = scanner.since(start);
    if (next === '~' || next === '!') return isAtPattern(scanner, head);
    if (next === '<' || next === '>') return isOrdered(head) || scanner.lookingAt(/[<>][="]/uy) || scanner.lookingAt(numberBehind);
    if (next !== ':') return false;
    return fieldNamed(head) !== undefined || (/^[a-z_]+$/iu.test(head) && !scanner.lookingAt(wordBehind));
  }

  #expectEnd(otherwise = 'Something follows the closing quote. Put a space between.'): void {
    const ends = this.#openGroups > 0 ? /[\s)]|$/uy : /\s|$/uy;
    if (!this.#scanner.lookingAt(ends)) throw new QueryError(otherwise, this.#scanner.position);
  }
}

/** A tilde asks for a regular expression behind a field of text, behind a key where something follows, and on its own where a quote does. */
function isAtPattern(scanner: Scanner, head: string): boolean {
  if (!scanner.lookingAt(/!?~/uy)) return false;
  if (head === '') return scanner.lookingAt(/~"/uy);
  return isText(head) || (plainKey.test(head) && scanner.lookingAt(/!?~[^\s)]/uy));
}
