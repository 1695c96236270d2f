import type { AnyValue } from '#proto/model/any-value';
import { describe, expect, it } from 'vitest';
import { byteLength, bytesToHex, stringAttribute, valueText, valueType } from './any-value-text.ts';

const string = (stringValue: string): AnyValue => ({ stringValue });

describe('valueText', () => {
  it.each<[AnyValue, string]>([
    [string('as "is"\n'), 'as "is"\n'],
    [string(''), ''],
    [{ intValue: '9223372036854775807' }, '9223372036854775807'],
    [{ doubleValue: 0.5 }, '0.5'],
    [{ doubleValue: 'NaN' }, 'NaN'],
    [{ doubleValue: '-0' }, '-0'],
    [{ boolValue: false }, 'false'],
    [{ bytesValue: 'AAE=' }, 'AAE='],
    [{}, 'null'],
    [{ arrayValue: { values: [] } }, '[]'],
    [{ arrayValue: { values: [string('a'), {}, { intValue: '1' }] } }, '["a",null,1]'],
  ])('writes %j as %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });

  it('keeps duplicate keys and dangerous ones', () => {
    const value: AnyValue = {
      kvlistValue: {
        values: [
          { key: '__proto__', value: { boolValue: true } },
          { key: 'k', value: { intValue: '1' } },
          { key: 'k', value: { intValue: '2' } },
        ],
      },
    };
    expect(valueText(value)).toBe('{"__proto__":true,"k":1,"k":2}');
  });

  it('stops early where only the beginning is wanted', () => {
    const values = Array.from({ length: 100_000 }, () => string('item'));
    const text = valueText({ arrayValue: { values } }, 100);
    expect(text.length).toBeLessThan(120);
    expect(text).toMatch(/^\["item",.*…\]$/);
  });
});

describe('valueType', () => {
  it('tells every kind apart, and the empty value too', () => {
    const values: AnyValue[] = [
      string(''),
      { intValue: '0' },
      { doubleValue: 0 },
      { boolValue: false },
      { bytesValue: '' },
      { arrayValue: { values: [] } },
      { kvlistValue: { values: [] } },
      {},
    ];
    expect(values.map(valueType)).toEqual(['string', 'int', 'double', 'bool', 'bytes', 'array', 'map', 'empty']);
  });
});

describe('bytes', () => {
  it('counts and shows them', () => {
    const base64 = btoa('\0\u0001\u00ffhello');
    expect(byteLength(base64)).toBe(8);
    expect(byteLength('')).toBe(0);
    expect(bytesToHex(base64, 4)).toBe('00 01 ff 68');
    expect(bytesToHex(base64, 64)).toBe('00 01 ff 68 65 6c 6c 6f');
  });
});

describe('stringAttribute', () => {
  it('takes the last of a duplicate key, and only a string', () => {
    const attributes = [
      { key: 'a', value: string('1') },
      { key: 'a', value: string('2') },
      { key: 'b', value: { boolValue: true } },
    ];
    expect(stringAttribute(attributes, 'a')).toBe('2');
    expect(stringAttribute(attributes, 'b')).toBeUndefined();
    expect(stringAttribute(attributes, 'constructor')).toBeUndefined();
  });
});
