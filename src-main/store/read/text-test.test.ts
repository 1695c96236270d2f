import { describe, expect, it } from 'vitest';
import type { TextPattern } from '#proto/model/query';
import { seededRandom } from '../records.fixture.ts';
import { fitsPlainly, patternLike } from '../random-patterns.fixture.ts';
import { searchedCharacters, textTest } from './text-test.ts';

const letters = 'aab /-x.1';

describe('textTest', () => {
  it('says what JavaScript says, of wildcards and of regular expressions', () => {
    const random = seededRandom(8);
    const fitting = { wildcard: 0, regex: 0 };
    for (let round = 0; round < 4000; round += 1) {
      const text = Array.from({ length: Math.floor(random() * 12) }, () => letters[Math.floor(random() * letters.length)]).join('');
      const other = Array.from({ length: Math.floor(random() * 12) }, () => letters[Math.floor(random() * letters.length)]).join('');
      const pattern = patternLike(random, random() < 0.7 ? text : other);
      const expected = fitsPlainly(text, pattern);
      if (expected) fitting[pattern.kind] += 1;
      expect({ text, pattern, fits: textTest(pattern).fits(text) }).toEqual({ text, pattern, fits: expected });
    }
    expect(Math.min(fitting.wildcard, fitting.regex)).toBeGreaterThan(200);
  });

  it('takes no part of a text twice', () => {
    const fits = (text: string, ...parts: string[]): boolean => textTest({ kind: 'wildcard', parts }).fits(text);
    expect(fits('aba', 'ab', 'ba')).toBe(false);
    expect(fits('abba', 'ab', 'ba')).toBe(true);
    expect(fits('aXa', 'a', 'a', '')).toBe(true);
    expect(fits('aa', 'a', 'a', 'a')).toBe(false);
    expect(fits('*', '*')).toBe(true);
    expect(fits('**', '*')).toBe(false);
  });

  it.each(['(a+)+$', '(a|aa)+$', '(a*)*b', '(x+x+)+y', '(.*a){20}$'])(
    'ends with the hostile %s, which takes backtracking engines longer than the universe has',
    (source) => {
      const pattern: TextPattern = { kind: 'regex', source };
      expect(textTest(pattern).fits(`${'a'.repeat(2000)}!`)).toBe(false);
    },
  );

  it('searches the beginning of a text that has no end', () => {
    const pattern: TextPattern = { kind: 'regex', source: 'needle' };
    expect(textTest(pattern).fits(`${' '.repeat(searchedCharacters - 6)}needle`)).toBe(true);
    expect(textTest(pattern).fits(`${' '.repeat(searchedCharacters)}needle`)).toBe(false);
  });
});
