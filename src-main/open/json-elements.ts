/** A value in a list of a JSON document. */
export interface JsonElement {
  /** Of the list: the field of the document's object that holds it; empty where the document is the list. */
  list: string;
  /** Place in the list, from 1. */
  number: number;
  /** Line on which it begins, from 1. */
  line: number;
  /** Undefined: it is longer than was asked for. */
  bytes: Buffer | undefined;
  /** The document ends in the middle of it. */
  isCut: boolean;
}

const lineFeed = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
/** Set, this bit makes `[` into `{` and `]` into `}`. */
const braceBit = 0x20;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const lastSpace = 0x20;
/** No list that is looked for has a longer name. */
const maxKeyBytes = 64;

/**
 * The elements of a JSON document's lists, one at a time in memory, and of that one at most `mostBytes`: of the list that the document is, or of the lists that are fields of its object.
 * Nothing is checked but quotes and brackets; whoever parses an element learns whether it is JSON.
 */
export async function* jsonElements(chunks: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<JsonElement> {
  const splitter = new Splitter(mostBytes);
  for await (const chunk of chunks) yield* splitter.take(chunk);
  yield* splitter.end();
}

class Splitter {
  readonly #mostBytes: number;
  #depth = 0;
  #line = 1;
  #inString = false;
  #escaped = false;
  /** Of the list that is being read; 0 outside of one. */
  #listDepth = 0;
  #list = '';
  #number = 0;
  /** The last text at the depth of fields: the name of what follows. */
  #key: number[] | undefined;
  #lastKey = '';
  #element: { line: number; parts: Buffer[]; size: number } | undefined;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  *take(chunk: Buffer): Generator<JsonElement> {
    let start = this.#element === undefined ? -1 : 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (byte === lineFeed) this.#line += 1;
      if (this.#inString) {
        this.#takeOfString(byte);
        continue;
      }
      if (byte <= lastSpace) continue;
      const isBrace = (byte | braceBit) === openBrace;
      const isEnd = (byte | braceBit) === closeBrace;
      if (this.#listDepth > 0 && this.#depth === this.#listDepth) {
        if (byte === comma || isEnd) {
          if (this.#element !== undefined) {
            this.#add(chunk.subarray(start, at));
            yield this.#finish(false);
            start = -1;
          }
        } else if (this.#element === undefined) {
          start = at;
          this.#number += 1;
          this.#element = { line: this.#line, parts: [], size: 0 };
        }
      }
      if (byte === quote) this.#startString();
      else if (isBrace) this.#open(byte);
      else if (isEnd) this.#close();
    }
    if (this.#element !== undefined && start >= 0) this.#add(chunk.subarray(start));
  }

  *end(): Generator<JsonElement> {
    if (this.#element !== undefined) yield this.#finish(true);
    else if (this.#depth > 0 && this.#listDepth > 0)
      yield { list: this.#list, number: this.#number + 1, line: this.#line, bytes: Buffer.alloc(0), isCut: true };
  }

  #takeOfString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) {
      this.#inString = false;
      if (this.#key !== undefined) this.#lastKey = Buffer.from(this.#key).toString('utf8');
      this.#key = undefined;
      return;
    }
    if (this.#key !== undefined && this.#key.length < maxKeyBytes) this.#key.push(byte);
  }

  #startString(): void {
    this.#inString = true;
    this.#key = this.#depth === 1 && this.#listDepth === 0 ? [] : undefined;
  }

  #open(byte: number): void {
    this.#depth += 1;
    const isList = byte === openBracket && this.#listDepth === 0 && this.#depth <= 2;
    if (!isList) return;
    this.#listDepth = this.#depth;
    this.#list = this.#depth === 1 ? '' : this.#lastKey;
    this.#number = 0;
  }

  #close(): void {
    if (this.#depth === this.#listDepth) this.#listDepth = 0;
    this.#depth = Math.max(0, this.#depth - 1);
  }

  #add(part: Buffer): void {
    const element = this.#element;
    if (element === undefined) return;
    element.size += part.length;
    if (element.size <= this.#mostBytes) element.parts.push(part);
    else element.parts = [];
  }

  #finish(isCut: boolean): JsonElement {
    const { line, parts, size } = this.#element as { line: number; parts: Buffer[]; size: number };
    this.#element = undefined;
    return { list: this.#list, number: this.#number, line, bytes: size > this.#mostBytes ? undefined : Buffer.concat(parts), isCut };
  }
}
