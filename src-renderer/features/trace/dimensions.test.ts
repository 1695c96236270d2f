import { describe, expect, it } from 'vitest';
import { attributeDimension, attributeKeyOf, dimensionName, labelText, readDimension } from './dimensions.ts';
import { readSort, writeSort } from './grid-sort.ts';
import { readList, writeList } from './trace-search.ts';

describe('dimensions in an address', () => {
  it.each(['service', 'operation', 'call', 'attribute:http.route', 'attribute:', 'attribute:attribute:x'])('%s is read', (text) =>
    expect(readDimension(text)).toBe(text),
  );
  it.each([undefined, '', 'nonsense', '__proto__', 'constructor'])('%s is none', (text) => expect(readDimension(text)).toBeUndefined());
  it('know the key of an attribute', () => {
    expect(attributeKeyOf(attributeDimension('a:b'))).toBe('a:b');
    expect(attributeKeyOf('service')).toBeUndefined();
    expect(dimensionName(attributeDimension('http.route'))).toBe('http.route');
  });
  it('name what has no value', () =>
    expect([labelText('attribute:k', undefined), labelText('service', ''), labelText('name', ' '), labelText('name', 'GET')]).toEqual([
      'no k',
      'no service name',
      'empty',
      'GET',
    ]));
});

it('keeps lists of any texts', () => {
  const texts = ['http.route', 'a,b', '', '100%', '→', '%2C'];
  expect(readList(writeList(texts))).toEqual(texts);
  expect(writeList([])).toBeUndefined();
  expect(readList('%E0%A4%A,ok')).toEqual(['ok']);
});

it('reads an order, and ignores one by a column that is not there', () => {
  const otherwise = { column: 'start', isDescending: false };
  expect(readSort('-duration', ['start', 'duration'], otherwise)).toEqual({ column: 'duration', isDescending: true });
  expect(readSort('start', ['start'], otherwise)).toEqual(otherwise);
  expect(readSort('-gone', ['start'], otherwise)).toEqual(otherwise);
  expect(writeSort({ column: 'duration', isDescending: true })).toBe('-duration');
});
