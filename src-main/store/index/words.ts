/**
 * Words, cut as SQLite's FTS5 cuts them with `unicode61 remove_diacritics 2`: runs of letters, digits and private-use characters, in lower case; Latin letters without accents. A
 * combining accent belongs to the word that it stands in and is dropped from it. Where JavaScript knows more than FTS5's tables,
 * which are those of Unicode 6.1, JavaScript is right.
 */

/** What a code point is in a word, when it is no letter. */
const separator = 0;
const accent = 1;
/** U+FFFF is no character, so no letter folds to it. */
const notYetKnown = 0xffff;

const letterOrDigit = /^[\p{L}\p{N}\p{Co}]$/u;
/** Combining Diacritical Marks; FTS5 knows most of the block. */
const accents = /^[\u0300-\u036f]$/u;
/** й is no и and が no か, but é is an e. */
const withAccents = /^([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+$/u;

/** Of each byte of ASCII the lower-case letter or digit that it is in a word; 0 where it separates words; 0x80 of every byte that is not ASCII. */
export const asciiLetters: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 ? 0x80 : /[a-z0-9]/i.test(String.fromCharCode(byte)) ? String.fromCharCode(byte).toLowerCase().charCodeAt(0) : 0,
);

const folded = new Uint16Array(0x10000).fill(notYetKnown);

/** What `codePoint` is in a word: `separator`, `accent`, or the code point of its plain lower-case letter. */
function fold(codePoint: number): number {
  if (codePoint > 0xffff) return foldUnknown(codePoint);
  const known = folded[codePoint] as number;
  if (known !== notYetKnown) return known;
  return (folded[codePoint] = foldUnknown(codePoint));
}

function foldUnknown(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (accents.test(character)) return accent;
  if (!letterOrDigit.test(character)) return separator;
  const lower = lowerCase(character);
  const plain = withAccents.exec(lower.normalize('NFD'))?.[1] ?? lower;
  return plain.codePointAt(0) as number;
}

/** By way of the upper case, so that all small forms of a letter (s and ſ, σ and ς) are one; not where that is several letters (ß). */
function lowerCase(character: string): string {
  const upper = character.toUpperCase();
  return upper.length > character.length || character === 'ı' ? character.toLowerCase() : upper.toLowerCase();
}

const ascii = /^[\0-\x7f]*$/;

/** The words of `text` in order. */
export function wordsOf(text: string): string[] {
  if (ascii.test(text)) return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const words: string[] = [];
  let word = '';
  eachLetter(text, (letter) => {
    if (letter !== endOfWord) word += String.fromCodePoint(letter);
    else {
      words.push(word);
      word = '';
    }
  });
  return words;
}

/** What `eachLetter` says after the last letter of a word. */
export const endOfWord = 0;

/** Calls `visit` with each letter of each word of `text`, as a code point, and with `endOfWord` behind each word. */
export function eachLetter(text: string, visit: (letter: number) => void): void {
  const composed = text.normalize('NFC');
  let inWord = false;
  for (let at = 0; at < composed.length; at += 1) {
    const codePoint = composed.codePointAt(at) as number;
    if (codePoint > 0xffff) at += 1;
    const letter = fold(codePoint);
    if (letter > accent) {
      inWord = true;
      visit(letter);
    } else if (letter === separator && inWord) {
      inWord = false;
      visit(endOfWord);
    }
  }
  if (inWord) visit(endOfWord);
}
