import { describe, expect, it } from 'vitest';
import type { AnyValue } from '#proto/model/any-value';
import { attributeTerm } from '#proto/model/attribute-term';
import { displayValue } from '#proto/model/display-value';
import { seededRandom } from '#main/store/records.fixture';
import { parseQuery } from './parse-query.ts';

const keys = ['http.route', 'status', 'Duration', 'AND', 'my key', '', '"', 'a=b', '__proto__', 'größe', '-x', 'k~', '1st'];
const texts = [
  '/cart',
  '',
  '*',
  'GET *',
  '/var/*',
  'a b',
  '"',
  '\\',
  'C:\\temp\\',
  'say \\"hi\\"',
  '(',
  ')',
  'f(a) OR b',
  'NOT x',
  '<script>alert(1)</script>',
  '\u202egnp.exe',
  'a\nb\tc\0d',
  '\u001b[31mred',
  '>5',
  '=x',
  '!=',
  '~.*',
  'http://host/p?q=1#f',
  '12:30',
  '𝒳',
  '-1',
];

const values: AnyValue[] = [
  ...texts.map((stringValue) => ({ stringValue })),
  { intValue: '-9223372036854775808' },
  { doubleValue: 0.5 },
  { doubleValue: 'NaN' },
  { boolValue: true },
  { bytesValue: 'AP8QgA==' },
  { arrayValue: { values: [{ stringValue: 'a"b' }, { intValue: '3' }] } },
  {},
];

describe('attributeTerm', () => {
  it('is read back as the very key and value, alone, in parentheses and beside other terms', () => {
    for (const key of keys)
      for (const value of values)
        for (const comparison of ['=', '!='] as const) {
          const term = attributeTerm(key, comparison, value) ?? '';
          const query = { kind: 'attribute', key, comparison, value: displayValue(value) };
          expect({ term, query: parseQuery(term, 'traces') }).toEqual({ term, query });
          expect(parseQuery(`(${term}) OR (${term})`, 'logs')).toEqual({ kind: 'or', of: [query, query] });
        }
  });

  it('is read back for any text', () => {
    const random = seededRandom(21);
    const characters = Array.from('ab1 "\\*()=<>!~:/.@-\n\0é\u202e💥');
    const text = (): string =>
      Array.from({ length: Math.floor(random() * 8) }, () => characters[Math.floor(random() * characters.length)]).join('');
    for (let round = 0; round < 3000; round += 1) {
      const key = text();
      const value = text();
      const term = attributeTerm(key, '=', { stringValue: value }) ?? '';
      expect({ term, query: parseQuery(term, 'traces') }).toEqual({ term, query: { kind: 'attribute', key, comparison: '=', value } });
    }
  });

  it('needs no quotes where nothing could be meant otherwise', () => {
    expect(attributeTerm('http.route', '=', { stringValue: '/orders/17' })).toBe('http.route=/orders/17');
    expect(attributeTerm('http.response.status_code', '!=', { intValue: '503' })).toBe('http.response.status_code!=503');
  });

  it('is not made of a value that no query can hold', () => {
    expect(attributeTerm('k', '=', { stringValue: 'x'.repeat(1_000_000) })).toBeUndefined();
  });
});
