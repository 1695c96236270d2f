import { QueryError } from '#proto/bridge/query-error';
import type { Query, QueryTerm } from '#proto/model/query';

/** What is searched: logs have no status. */
export type Subject = 'traces' | 'logs';

const maxCharacters = 4096;
const maxTerms = 64;

const statuses = ['error', 'ok', 'unset'] as const;
/** What a text index can know a word by. */
const letterOrDigit = /[\p{L}\p{N}]/u;

/**
 * Reads a query as `docs/query-language.md` describes it. Throws `QueryError` with the index of the first character that is not understood, and in plain words what would be.
 */
export function parseQuery(text: string, subject: Subject): Query {
  if (text.length > maxCharacters) throw new QueryError(`A query can be ${maxCharacters} characters long.`, maxCharacters);
  const scanner = new Scanner(text);
  const terms: QueryTerm[] = [];
  while (scanner.skipSpace()) {
    if (terms.length === maxTerms) throw new QueryError(`A query can have ${maxTerms} terms.`, scanner.position);
    terms.push(readTerm(scanner, subject));
  }
  return terms;
}

function readTerm(scanner: Scanner, subject: Subject): QueryTerm {
  const start = scanner.position;
  if (scanner.next === '"') return readQuotedTerm(scanner, start);
  const head = scanner.take(/[^\s":=]*/uy);
  if (scanner.next === '=') return readAttribute(scanner, head, start);
  if (scanner.next === ':') {
    const qualified = readQualified(scanner, head.toLowerCase(), start, subject);
    if (qualified !== undefined) return qualified;
  }
  const word = head + scanner.take(/[^\s"]*/uy);
  if (scanner.next === '"') throw new QueryError('A quote can only begin a term. Put a space before it.', scanner.position);
  return word.endsWith('*') ? textTerm(word.slice(0, -1), true, start) : textTerm(word, false, start);
}

function readQuotedTerm(scanner: Scanner, start: number): QueryTerm {
  const quoted = scanner.takeQuoted();
  if (scanner.next === '=') return readAttribute(scanner, quoted, start);
  const prefix = scanner.next === '*';
  if (prefix) scanner.skip();
  scanner.expectEnd();
  return textTerm(quoted, prefix, start);
}

function textTerm(text: string, prefix: boolean, start: number): QueryTerm {
  if (!letterOrDigit.test(text)) throw new QueryError('A word to look for needs a letter or a digit.', start);
  return { kind: 'text', text, prefix };
}

/** At the `=`. */
function readAttribute(scanner: Scanner, key: string, start: number): QueryTerm {
  if (key === '' && scanner.position === start) throw new QueryError('The key before = is missing, as in http.route=/orders.', start);
  const comparison = /[!<>~]$/.exec(key);
  if (comparison !== null && scanner.position === start + key.length) {
    throw new QueryError('Attributes can only be asked for with =, as in http.route=/orders.', scanner.position - 1);
  }
  scanner.skip();
  if (scanner.atTermEnd) throw new QueryError(`The value after = is missing. For the empty value write "${key}"="".`, scanner.position);
  return { kind: 'attribute', key, value: readValue(scanner) };
}

/** At the `:`. `undefined` where it is no qualifier but part of a word, such as `http://x`, `12:30`, `localhost:5001` or `Error:`. */
function readQualified(scanner: Scanner, name: string, start: number, subject: Subject): QueryTerm | undefined {
  if (name === 'service') {
    scanner.skip();
    if (scanner.atTermEnd) throw new QueryError('The service after service: is missing.', scanner.position);
    return { kind: 'service', name: readValue(scanner) };
  }
  if (name === 'status') return readStatus(scanner, start, subject);
  if (/^[a-z_]+$/.test(name) && !scanner.lookingAt(/:(?:$|[\s:/\\]|\d+(?:[\s/:?#,.;)]|$))/uy)) {
    throw new QueryError(
      `There is no ${name}: to search by. There are ${knownQualifiers(subject)}. To look for it as text, put it in quotes.`,
      start,
    );
  }
  return undefined;
}

function readStatus(scanner: Scanner, start: number, subject: Subject): QueryTerm {
  if (subject === 'logs') throw new QueryError('Log records have no status; status: is for traces. Filter by severity instead.', start);
  scanner.skip();
  const valueStart = scanner.position;
  const value = scanner.atTermEnd ? '' : readValue(scanner).toLowerCase();
  const status = statuses.find((known) => known === value);
  if (status === undefined) throw new QueryError(`A status is ${statuses.join(', ')}.`, valueStart);
  return { kind: 'status', status };
}

function knownQualifiers(subject: Subject): string {
  return subject === 'traces' ? 'service:, status: and key=value' : 'service: and key=value';
}

function readValue(scanner: Scanner): string {
  if (scanner.next !== '"') return scanner.take(/[^\s]*/uy);
  const value = scanner.takeQuoted();
  scanner.expectEnd();
  return value;
}

class Scanner {
  position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next character; `undefined` at the end. */
  get next(): string | undefined {
    return this.#text[this.position];
  }

  get atTermEnd(): boolean {
    return this.lookingAt(/\s|$/uy);
  }

  /** Whether there is anything but space left. */
  skipSpace(): boolean {
    this.take(/\s*/uy);
    return this.next !== undefined;
  }

  skip(): void {
    this.position += 1;
  }

  /** `pattern` has to be sticky, like those below. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.position;
    const [taken = ''] = pattern.exec(this.#text) ?? [];
    this.position += taken.length;
    return taken;
  }

  lookingAt(pattern: RegExp): boolean {
    pattern.lastIndex = this.position;
    return pattern.test(this.#text);
  }

  /** At a quote: what is in quotes. `\"` stands for a quote and `\\` for a backslash; any other backslash stands for itself. */
  takeQuoted(): string {
    const start = this.position;
    this.skip();
    const inside = this.take(/(?:[^"\\]|\\[^])*/uy);
    if (this.next !== '"') throw new QueryError('The quote that begins here is not closed.', start);
    this.skip();
    return inside.replace(/\\(["\\])/g, '$1');
  }

  expectEnd(): void {
    if (!this.atTermEnd) throw new QueryError('Something follows the closing quote. Put a space between.', this.position);
  }
}
