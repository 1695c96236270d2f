import type { TextPattern } from '#proto/model/query';

/** Words, in lower case, that each text has which fits a pattern: `whole` as they are, `beginnings` with more letters behind them or without. */
export interface PatternWords {
  whole: readonly string[];
  beginnings: readonly string[];
}

/**
 * What an index of words can tell of a pattern. Only letters and digits of ASCII count, and only words of which the beginning is certain: in `*cart now*`, `now` begins a word, while
 * `cart` may end a longer one.
 */
export function wordsOfPattern(pattern: TextPattern): PatternWords {
  const whole = new Set<string>();
  const beginnings = new Set<string>();
  const parts = pattern.kind === 'wildcard' ? pattern.parts : literalParts(pattern.source);
  for (const [index, part] of parts.entries()) {
    for (const { 0: word, index: at } of part.matchAll(/[\p{L}\p{M}\p{N}\p{Co}]+/gu)) {
      const isOpenBehind = at + word.length === part.length && index < parts.length - 1;
      if ((at === 0 && index > 0) || !/^[a-z0-9]+$/i.test(word)) continue;
      (isOpenBehind ? beginnings : whole).add(word.toLowerCase());
    }
  }
  return { whole: [...whole], beginnings: [...beginnings] };
}

/** Of nothing else than that there may be anything. */
const anything: readonly string[] = ['', ''];

/** What makes literal characters mean something else than they say, anywhere in the source: alternatives outside of groups, flags, quoting, characters by their number. */
const hardToTell = /\(\?[a-zA-Z-]|\\[QExpP0-9]/u;

/**
 * A wildcard that every text fits in which a regular expression of RE2 is found; not the other way round. It keeps plain characters outside of groups and lets all else stand
 * for anything.
 */
function literalParts(source: string): readonly string[] {
  if (hardToTell.test(source)) return anything;
  const reader = new LiteralReader(source);
  return reader.read() ?? anything;
}

const escape = /\\([^])/uy;
const characterClass = /\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]/uy;
const repetition = /[*+?]|\{\d+(?:,\d*)?\}/uy;

class LiteralReader {
  readonly #source: string;
  readonly #parts: string[] = [];
  #part = '';
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** `undefined` where alternatives leave nothing certain. */
  read(): readonly string[] | undefined {
    const isFromStart = this.#source.startsWith('^');
    if (isFromStart) this.#at = 1;
    else this.#break();
    while (this.#at < this.#source.length) {
      if (this.#source[this.#at] === '|') return undefined;
      if (this.#source[this.#at] === '$' && this.#at === this.#source.length - 1) return [...this.#parts, this.#part];
      this.#step();
    }
    return [...this.#parts, this.#part, ''];
  }

  #step(): void {
    const character = this.#source[this.#at] as string;
    if (this.#take(repetition) !== '') this.#repeat(character);
    else if (character === '(') this.#group();
    else if (character === '\\') this.#escaped();
    else if (this.#take(characterClass) === '') {
      this.#at += 1;
      if ('.^$)'.includes(character) || character > '\x7f') this.#break();
      else this.#part += character;
    } else this.#break();
  }

  /** `a+` is at least one; what may be missing, or stand a number of times, is left out. */
  #repeat(sign: string): void {
    if (sign !== '+') this.#part = this.#part.slice(0, -1);
    this.#break();
  }

  #escaped(): void {
    const character = this.#take(escape).at(1) ?? '';
    if (/[\x21-\x7e]/.test(character) && !/[a-z]/i.test(character)) this.#part += character;
    else this.#break();
  }

  #group(): void {
    let depth = 0;
    do {
      const character = this.#source[this.#at] as string;
      if (this.#take(escape) !== '' || this.#take(characterClass) !== '') continue;
      if (character === '(') depth += 1;
      else if (character === ')') depth -= 1;
      this.#at += 1;
    } while (depth > 0 && this.#at < this.#source.length);
    this.#break();
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [taken = ''] = pattern.exec(this.#source) ?? [];
    this.#at += taken.length;
    return taken;
  }

  #break(): void {
    this.#parts.push(this.#part);
    this.#part = '';
  }
}
