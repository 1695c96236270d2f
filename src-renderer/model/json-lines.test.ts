import { describe, expect, it } from 'vitest';
import { jsonLines, jsonTokens, linesWith } from './json-lines.ts';

describe('lines of JSON', () => {
  const value = {
    name: 'a "quoted": \\ text',
    kind: 2,
    ok: true,
    list: [{ startTimeUnixNano: '1700000000000000001' }, -1.5e-7, null],
    empty: {},
  };

  it('lose nothing on the way to tokens and back', () => {
    const text = jsonLines(value)
      .map((line) =>
        jsonTokens(line)
          .map((token) => token.text)
          .join(''),
      )
      .join('\n');
    expect(JSON.parse(text)).toEqual(value);
  });

  it('tell keys from strings, also with a colon and quotes in them', () => {
    expect(jsonTokens(jsonLines(value)[1] ?? '').map(({ kind }) => kind)).toEqual(['plain', 'key', 'plain', 'plain', 'string', 'plain']);
  });

  it('are found in either case', () => {
    expect(linesWith(['"Name": 1', 'x', '"NAME"'], ' name ')).toEqual([0, 2]);
    expect(linesWith(['a'], ' ')).toEqual([]);
  });
});
