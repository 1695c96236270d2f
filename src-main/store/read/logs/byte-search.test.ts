import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../records.fixture.ts';
import { wordSearch } from './byte-search.ts';

const letters = 'abcABC01 \0\u00c4';

describe('wordSearch', () => {
  it.each(['a', 'ab', 'aab', 'abab', 'cabac', '01', '1', 'a0b1', 'bbbbbb'])(
    'finds %s wherever a plain search in lower case finds it',
    (word) => {
      const random = seededRandom(word.length);
      for (let round = 0; round < 50; round += 1) {
        const text = Array.from({ length: 200 }, () => letters[Math.floor(random() * letters.length)]).join('');
        const bytes = Buffer.from(text, 'latin1');
        const places: number[] = [];
        for (let at = wordSearch(word).next(bytes, 0); at >= 0; at = wordSearch(word).next(bytes, at + 1)) places.push(at);
        const expected = Array.from(text.toLowerCase()).flatMap((_, at) => (text.toLowerCase().startsWith(word, at) ? [at] : []));
        expect(places).toEqual(expected);
      }
    },
  );
});
