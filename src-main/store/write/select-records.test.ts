import { describe, expect, it } from 'vitest';
import { decodeTraces } from '#main/decode/decode';
import { encodeTraces } from '#main/decode/walk/encode';
import { plainScope, resourceOf, spanOf } from '../records.fixture.ts';
import { selectRecords } from './select-records.ts';

const groups = [
  { resource: resourceOf('a'), scope: plainScope, items: [spanOf({ name: '0' }), spanOf({ name: '1' })] },
  { resource: resourceOf('b'), scope: { ...plainScope, schemaUrl: 'https://example.com' }, items: [spanOf({ name: '2' })] },
  { resource: resourceOf('c'), scope: plainScope, items: [spanOf({ name: '3' }), spanOf({ name: '4'.repeat(300) })] },
];

describe('selectRecords', () => {
  it.each([[[0, 1, 2, 3, 4]], [[1]], [[2]], [[0, 4]], [[3, 4]]])('keeps the records %j, with their envelopes', (rows) => {
    const bytes = encodeTraces(groups);
    const selected = selectRecords(bytes, (row) => rows.includes(row));
    let row = 0;
    const expected = groups
      .map((group) => ({ ...group, items: group.items.filter(() => rows.includes(row++)) }))
      .filter(({ items }) => items.length > 0);
    expect(decodeTraces(selected, 'protobuf').groups).toEqual(expected);
    if (rows.length === 5) expect(Buffer.from(selected).equals(bytes)).toBe(true);
  });

  it('leaves nothing where nothing is kept', () => {
    expect(selectRecords(encodeTraces(groups), () => false)).toHaveLength(0);
  });

  it('keeps what nobody knows yet, byte for byte', () => {
    const unknown = Uint8Array.of(0xf2, 0x3f, 3, 1, 2, 3);
    const span = Buffer.from([0x12, 2, 0x2a, 0]);
    const scope = Buffer.concat([unknown, span, span]);
    const resource = Buffer.concat([Buffer.from([0x12, scope.length]), scope, unknown]);
    const bytes = Buffer.concat([unknown, Buffer.from([0x0a, resource.length]), resource]);
    const keptScope = Buffer.concat([unknown, span]);
    const keptResource = Buffer.concat([Buffer.from([0x12, keptScope.length]), keptScope, unknown]);
    const kept = Buffer.concat([unknown, Buffer.from([0x0a, keptResource.length]), keptResource]);
    expect(Buffer.from(selectRecords(bytes, (row) => row === 1))).toEqual(kept);
  });

  it('throws where the bytes end too early', () => {
    const bytes = encodeTraces(groups);
    expect(() => selectRecords(bytes.subarray(0, bytes.length - 1), () => true)).toThrow(RangeError);
  });
});
