import { describe, expect, it } from 'vitest';
import { valueText } from './any-value-text.ts';
import { jsonValue } from './json-text.ts';

describe('jsonValue', () => {
  it('reads objects and arrays', () => {
    const text = '{"level":"info","ok":true,"none":null,"list":[1,{"a":"b"}]}';
    expect(valueText(jsonValue(text) ?? {})).toBe(text);
  });

  it('keeps the digits of numbers', () => {
    expect(valueText(jsonValue('[9223372036854775807,1.10,1e400]') ?? {})).toBe('[9223372036854775807,1.10,1e400]');
  });

  it('keeps dangerous keys as data', () => {
    expect(valueText(jsonValue('{"__proto__":{"polluted":true}}') ?? {})).toBe('{"__proto__":{"polluted":true}}');
    expect('polluted' in {}).toBe(false);
  });

  it.each(['', 'text', '"string"', '42', '{broken', '[1,', `${'['.repeat(100)}${']'.repeat(100)}`, `[${'1,'.repeat(200_000)}1]`])(
    'leaves %.20s as text',
    (text) => {
      expect(jsonValue(text)).toBeUndefined();
    },
  );
});
