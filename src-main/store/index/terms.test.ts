import { describe, expect, it } from 'vitest';
import { displayValue } from '#proto/model/display-value';
import type { Query } from '#proto/model/query';
import { Random } from './random.fixture.ts';
import {
  randomLog,
  randomSpan,
  searchedLog,
  searchedSpan,
  walkedLogsOf,
  walkedSpansOf,
  type MadeSpan,
  type Searched,
} from './telemetry.fixture.ts';
import { mayHoldNeighbours, termOfNeighbours } from './neighbour-terms.ts';
import { cutTerm, everythingTerm, foldedLettersTerm, oddValuesTerm, termOnError, termOnLongSpan } from './term-hash.ts';
import { holdsTerm, termOfKey, termOfName, termOfPair, termsOfLogs, termsOfSpans } from './terms.ts';
import { termOfWord, termsOfPrefix } from './word-terms.ts';
import { wordsOf } from './words.ts';

const sorted = (terms: Iterable<number>): number[] =>
  [...new Set(terms)].filter((term) => term !== foldedLettersTerm && term !== oddValuesTerm).toSorted((left, right) => left - right);

function termsOfWord(word: string): number[] {
  const isIndexed = (length: number): boolean => /[0-9]/.test(word.slice(0, Math.min(length, 4))) === (length === 4);
  const prefixes = [2, 3, 4, 5].filter((length) => word.length > length && isIndexed(length));
  return [termOfWord(word), ...prefixes.map((length) => termsOfPrefix(word.slice(0, length))?.[0] as number)];
}

function searchedTerms({ attributes, fields }: Searched): number[] {
  return [
    ...attributes.flatMap(({ key, value }) => [termOfKey(key), termOfPair(key, displayValue(value))]),
    ...fields.flatMap(wordsOf).flatMap(termsOfWord),
  ];
}

function neighbourTerms({ fields }: Searched): number[] {
  return fields.map(wordsOf).flatMap((words) => words.slice(1).flatMap((word, index) => termOfNeighbours(words[index] ?? '', word) ?? []));
}

function spanTerms(span: MadeSpan): number[] {
  const searched = searchedSpan(span);
  const pairs = searched.attributes.map(({ key, value }) => termOfPair(key, displayValue(value)));
  return [
    ...searchedTerms(searched),
    termOfName(span.name),
    ...(span.status.code === 2 ? pairs.map(termOnError) : []),
    ...(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano) >= 1_000_000_000n ? pairs.map(termOnLongSpan) : []),
  ];
}

const textSpan = (...values: string[]): MadeSpan => ({
  ...randomSpan(new Random(1)),
  attributes: values.map((value, index) => ({ key: `k${index}`, value: { stringValue: value } })),
  events: [],
});

describe('termsOfSpans', () => {
  it('is what the spans say, no more and no less', () => {
    const random = new Random(2);
    for (let turn = 0; turn < 300; turn += 1) {
      const spans = random.list(6, () => randomSpan(random));
      expect(sorted(termsOfSpans(walkedSpansOf(spans)))).toEqual(sorted(spans.flatMap(spanTerms)));
    }
  });

  it('is distinct terms, and of one chunk at a time', () => {
    const terms = termsOfSpans(walkedSpansOf([textSpan('one two one'), textSpan('one')]));
    expect(new Set(terms).size).toBe(terms.length);
    expect(holdsTerm(termsOfSpans(walkedSpansOf([textSpan('three')])), termOfWord('one'))).toBe(false);
  });

  it.each(['0', '-0', '1e21', '9007199254740993', '-9223372036854775808'])('shows the number %s as it is displayed', (text) => {
    const value =
      text.includes('e') || text === '-0' ? { doubleValue: text === '-0' ? ('-0' as const) : Number(text) } : { intValue: text };
    const span = { ...textSpan(), attributes: [{ key: 'n', value }] };
    expect(termsOfSpans(walkedSpansOf([span]))).toContain(termOfPair('n', displayValue(value)));
  });

  it('knows the words of the first 8 KiB of a value, and that there are more', () => {
    const walked = walkedSpansOf([textSpan(`begin ${'x '.repeat(4096)}end`, `größe ${'ü '.repeat(4096)}ende`)]);
    const terms = termsOfSpans(walked);
    expect(terms).toContain(termOfWord('begin'));
    expect(terms).toContain(termOfWord('große'));
    expect(terms).not.toContain(termOfWord('end'));
    expect(terms).toContain(cutTerm);
    for (const word of ['end', 'ende', 'never']) expect(holdsTerm(terms, termOfWord(word))).toBe(true);
    expect(holdsTerm(terms, termsOfPrefix('nev')?.[0] as number)).toBe(true);
    expect(holdsTerm(terms, termOfKey('never'))).toBe(false);
    expect(termsOfSpans(walkedSpansOf([textSpan('x'.repeat(8192))]))).not.toContain(cutTerm);
  });

  it('is everything where there are too many, and no longer for the next chunk', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => `w${index}`);
    const spans = Array.from({ length: 100 }, (_, index) => textSpan(many.slice(index * 1000, index * 1000 + 1000).join(' ')));
    expect([...termsOfSpans(walkedSpansOf(spans))]).toEqual([everythingTerm]);
    expect(holdsTerm(Uint32Array.of(everythingTerm), termOfWord('x'))).toBe(true);
    expect(holdsTerm(Uint32Array.of(everythingTerm), termOfKey('x'))).toBe(true);
    expect(holdsTerm(termsOfSpans(walkedSpansOf([textSpan('one')])), termOfWord('w7'))).toBe(false);
  });

  it('is the same for a long value however often it comes', () => {
    const random = new Random(7);
    const texts = Array.from({ length: 600 }, () => Array.from({ length: 90 }, () => `w${random.below(5000)}`).join(' '));
    const expected = texts.map((text) => sorted(spanTerms(textSpan(text))));
    for (let round = 0; round < 4; round += 1)
      for (const [index, text] of texts.entries()) expect(sorted(termsOfSpans(walkedSpansOf([textSpan(text)])))).toEqual(expected[index]);
  });

  it('grows with what is there: tens of thousands of words are all known', () => {
    const words = Array.from({ length: 30_000 }, (_, index) => `${index}`);
    const spans = Array.from({ length: 30 }, (_, index) => textSpan(words.slice(index * 1000, index * 1000 + 1000).join(' ')));
    const terms = new Set(termsOfSpans(walkedSpansOf(spans)));
    expect(words.every((word) => terms.has(termOfWord(word)))).toBe(true);
  });

  it.each([
    ['straße', false],
    ['検索 エラー', false],
    ['ab\u{1f600}', false],
    ['caf\u00e9', true],
    ['cafe\u0301', true],
    ['\u212a', true],
    ['\u017f', true],
  ])('says whether %j has plain letters in its words that are not in its bytes', (text, folded) => {
    expect(termsOfSpans(walkedSpansOf([textSpan(text)])).includes(foldedLettersTerm)).toBe(folded);
  });

  it('is everything where a list is too large to be looked into', () => {
    const values = Array.from({ length: 30_000 }, () => ({ stringValue: 'abcdefghij' }));
    const span = { ...textSpan(), attributes: [{ key: 'list', value: { arrayValue: { values } } }] };
    expect([...termsOfSpans(walkedSpansOf([span]))]).toEqual([everythingTerm]);
  });
});

describe('termsOfLogs', () => {
  it('is what the log records say, no more and no less', () => {
    const random = new Random(3);
    for (let turn = 0; turn < 300; turn += 1) {
      const logs = random.list(6, () => randomLog(random));
      const expected = logs.flatMap((log) => [...searchedTerms(searchedLog(log)), ...neighbourTerms(searchedLog(log))]);
      expect(sorted(termsOfLogs(walkedLogsOf(logs)))).toEqual(sorted(expected));
    }
  });
});

describe('mayHoldNeighbours', () => {
  const terms = termsOfLogs(
    walkedLogsOf([
      {
        timeUnixNano: '0',
        observedTimeUnixNano: '0',
        severityNumber: 0,
        severityText: 'very bad',
        eventName: '',
        body: { stringValue: 'payment of order 1234 declined by the bank' },
        attributes: [
          { key: 'retry.after', value: { boolValue: true } },
          { key: 'mood', value: { stringValue: 'good enough' } },
        ],
      },
    ]),
  );
  const mayHold = (text: string, prefix = false): boolean =>
    mayHoldNeighbours({ kind: 'text', text, prefix }, 1n, (term) => (holdsTerm(terms, term) ? 1n : 0n)) === 1n;

  it.each(['payment of order', 'Declined BY the', 'order 1234 declined', 'very bad', 'retry after true', 'mood good', 'bank'])(
    'may hold "%s"',
    (text) => {
      expect(mayHold(text)).toBe(true);
    },
  );

  it.each(['order payment', 'order declined', 'bad payment', 'true mood', 'payment order'])('cannot hold "%s"', (text) => {
    expect(mayHold(text)).toBe(false);
  });

  it('does not mind the last word of a prefix', () => {
    expect(mayHold('by the ba', true)).toBe(true);
    expect(mayHold('the by ba', true)).toBe(false);
  });

  it('rules out nothing by the other words of an `or`, or by what must not be', () => {
    const query: Query = {
      kind: 'or',
      of: [
        { kind: 'text', text: 'order payment', prefix: false },
        { kind: 'not', query: { kind: 'text', text: 'payment of', prefix: false } },
      ],
    };
    expect(mayHoldNeighbours(query, 1n, (term) => (holdsTerm(terms, term) ? 1n : 0n))).toBe(1n);
  });
});

describe('termsOfPrefix', () => {
  it('is had by each word that begins so', () => {
    for (const word of [
      'ab',
      'abc',
      'abcd',
      'abcde',
      'abcdefgh',
      'a1',
      'a1b2',
      'a1b2c',
      'a1b2c3d4',
      '12345',
      'ключ',
      'größer',
      '検索エンジン',
    ]) {
      const [folded = ''] = wordsOf(word);
      const terms = termsOfWord(folded);
      for (let length = 2; length <= folded.length; length += 1)
        expect(termsOfPrefix(folded.slice(0, length))?.some((term) => terms.includes(term)) ?? true).toBe(true);
      expect(termsOfPrefix(`${folded.slice(0, 1)}~~~~`)?.some((term) => terms.includes(term)) ?? false).toBe(false);
    }
  });

  it('is none for a single letter and for the short beginning of an id, and two where the word may be the prefix itself', () => {
    for (const prefix of ['', 'a', 'a1', '1a', '1ab']) expect(termsOfPrefix(prefix)).toBeUndefined();
    expect(
      ['ab', 'ab1', 'abc', 'abcd', 'abc1', 'ab1cd', 'abcde', 'abcd1', 'abcdef'].map((prefix) => termsOfPrefix(prefix)?.length),
    ).toEqual([2, 1, 2, 1, 2, 1, 2, 2, 1]);
  });
});
