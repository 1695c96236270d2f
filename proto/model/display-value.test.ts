import { describe, expect, it } from 'vitest';
import type { AnyValue } from './any-value.ts';
import { displayValue } from './display-value.ts';

describe('a value as text (D4)', () => {
  it.each<[AnyValue, string]>([
    [{ stringValue: 'as "it" is' }, 'as "it" is'],
    [{ boolValue: false }, 'false'],
    [{ intValue: '-9223372036854775808' }, '-9223372036854775808'],
    [{ doubleValue: 0.1 }, '0.1'],
    [{ doubleValue: 'NaN' }, 'NaN'],
    [{ doubleValue: '-0' }, '-0'],
    [{ bytesValue: 'AP8=' }, 'AP8='],
    [{}, ''],
    [{ arrayValue: { values: [] } }, '[]'],
    [
      { arrayValue: { values: [{ stringValue: 'a"b' }, { intValue: '9223372036854775807' }, {}, { boolValue: true }] } },
      '["a\\"b",9223372036854775807,null,true]',
    ],
    [{ arrayValue: { values: [{ doubleValue: 'Infinity' }, { bytesValue: 'AP8=' }, { doubleValue: 1.5 }] } }, '["Infinity","AP8=",1.5]'],
    [
      {
        kvlistValue: {
          values: [
            { key: '2', value: { intValue: '1' } },
            { key: '1', value: { kvlistValue: { values: [] } } },
            { key: '1', value: {} },
            { key: '__proto__', value: { stringValue: '' } },
          ],
        },
      },
      '{"2":1,"1":{},"1":null,"__proto__":""}',
    ],
  ])('%j is %s', (value, text) => {
    expect(displayValue(value)).toBe(text);
  });
});
