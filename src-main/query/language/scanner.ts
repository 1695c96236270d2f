import { QueryError } from '#proto/bridge/query-error';

/** A place in the text of a query, and what lies ahead of it. All patterns have to be sticky. */
export class Scanner {
  position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next character; `undefined` at the end. */
  get next(): string | undefined {
    return this.#text[this.position];
  }

  /** The character before; `undefined` at the beginning. */
  get previous(): string | undefined {
    return this.#text[this.position - 1];
  }

  skip(): void {
    this.position += 1;
  }

  /** What was passed since `start`. */
  since(start: number): string {
    return this.#text.slice(start, this.position);
  }

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
}
