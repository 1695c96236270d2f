import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Random } from './random.fixture.ts';
import { wordsOf } from './words.ts';

/** What FTS5 makes of each text, by its own account. */
function wordsOfFts5(texts: readonly string[]): string[][] {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE text USING fts5 (body, tokenize='unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE word USING fts5vocab (text, 'instance');`);
  const insert = db.prepare('INSERT INTO text (rowid, body) VALUES (?, ?)');
  texts.forEach((text, index) => insert.run(index, text));
  const words: string[][] = texts.map(() => []);
  const rows = db.prepare<[], { term: string; doc: number }>('SELECT term, doc FROM word ORDER BY doc, offset').all();
  for (const { term, doc } of rows) words[doc]?.push(term);
  db.close();
  return words;
}

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));

const alphabets: Record<string, readonly string[]> = {
  ASCII: range(1, 0x7f),
  'Latin with accents': [...range(0x41, 0x5a), ...range(0xa0, 0x17e), '\u0300', '\u0301', '\u0308', ' ', '-'],
  'Greek, Cyrillic, Hebrew, Arabic': [
    ...range(0x3b1, 0x3c9),
    ...range(0x410, 0x44f),
    ...range(0x5d0, 0x5ea),
    ...range(0x621, 0x63a),
    ' ',
    '.',
  ],
  'Chinese, Japanese, Korean': [...range(0x4e00, 0x4e80), ...range(0x3041, 0x3096), ...range(0xac00, 0xac80), '、', '。', ' ', 'a'],
  'private use and astral': ['\ue000', '\uf8ff', '\u{f0000}', '\u{20000}', '\u{10400}', '\u{1f600}', '\u200b', '\u00a0', 'A', '9', ' '],
};

describe('wordsOf', () => {
  it.each(Object.entries(alphabets))('cuts %s as FTS5 does', (_, alphabet) => {
    const random = new Random(alphabet.length);
    const texts = Array.from({ length: 2000 }, () => random.list(20, () => random.pick(alphabet)).join(''));
    expect(texts.map(wordsOf)).toEqual(wordsOfFts5(texts));
  });

  it('knows words apart that NUL separates, and takes lone surrogates for separators', () => {
    expect(wordsOf('one\0two')).toEqual(['one', 'two']);
    expect(wordsOf('grüße\0zwei')).toEqual(['gruße', 'zwei']);
    expect(wordsOf('one\ud800two\udc00')).toEqual(['one', 'two']);
  });

  it('goes further than FTS5 where its tables end: accents of Greek, small forms of one letter, letters that are written as two', () => {
    expect(wordsOf('Άλφα ΣΊΣΥΦΟΣ σίσυφος')).toEqual(['αλφα', 'σισυφοσ', 'σισυφοσ']);
    expect(wordsOf('e\u0301\u0325a')).toEqual(['ea']);
    expect(wordsOf('и\u0306 か\u3099')).toEqual(['й', 'が']);
  });

  it('is not confused by a mark at the beginning of a word', () => {
    expect(wordsOf('\u0301a \u0301 b')).toEqual(['a', 'b']);
  });
});
