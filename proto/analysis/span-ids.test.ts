import { describe, expect, it } from 'vitest';
import { SpanIds } from './span-ids.ts';

const bytes = Uint8Array.from('00000000000000ff ffffffff00000001 8000000000000001 0000000100000001'.match(/[0-9a-f]{2}/g) ?? [], (hex) =>
  Number.parseInt(hex, 16),
);
const ids = new SpanIds(bytes, Int32Array.of(2, 0, 3, 1));

describe('SpanIds', () => {
  it('gives ids in tree order', () => {
    expect([0, 1, 2, 3].map((span) => ids.at(span))).toEqual([
      '8000000000000001',
      '00000000000000ff',
      '0000000100000001',
      'ffffffff00000001',
    ]);
  });
  it('gives none for a span that does not exist', () => expect([ids.at(4), ids.at(-1), ids.at(Number.NaN)]).toEqual(['', '', '']));
  it('finds the span of an id, also where halves are alike', () => {
    expect(['8000000000000001', '00000000000000ff', '0000000100000001', 'ffffffff00000001'].map((id) => ids.indexOf(id))).toEqual([
      0, 1, 2, 3,
    ]);
  });
  it('finds nothing for another id, and for what is none, as often as it is asked', () => {
    for (const id of ['8000000000000002', '', 'ff', 'zzzzzzzzzzzzzzzz', '8000000000000001 ', '8000000000000002'])
      expect(ids.indexOf(id)).toBeUndefined();
  });
  it('finds the spans of many ids at once', () => {
    const places = ids.placesOf(['0000000100000001', '8000000000000001', '8000000000000002', '', 'zzzzzzzzzzzzzzzz', 'ffffffff00000001']);
    expect([...places].toSorted((a, b) => a[1] - b[1])).toEqual([
      ['8000000000000001', 0],
      ['0000000100000001', 2],
      ['ffffffff00000001', 3],
    ]);
  });
  it('tells which ids begin with some digits', () => {
    const spansWith = (prefix: string) => [0, 1, 2, 3].filter((span) => ids.startingWith(prefix)?.(span));
    expect(['8', '0', '00000000', '000000010', 'ffffffff00000001', '8000000000000002'].map(spansWith)).toEqual([
      [0],
      [1, 2],
      [1],
      [2],
      [3],
      [],
    ]);
    expect(['', 'g', '80000000000000011'].map((prefix) => ids.startingWith(prefix))).toEqual([undefined, undefined, undefined]);
  });
  it('reads ids that do not begin where their memory does', () => {
    const padded = new Uint8Array(bytes.length + 3);
    padded.set(bytes, 3);
    expect(new SpanIds(padded.subarray(3), Int32Array.of(0)).at(0)).toBe('00000000000000ff');
  });
});
