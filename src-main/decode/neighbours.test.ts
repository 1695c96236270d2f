import { describe, expect, it } from 'vitest';
import { maxValueDepth, type AnyValue } from '#proto/model/any-value';
import { decodeLogs, decodeTraces } from './decode.ts';
import { field, nestedJson, nestedValue, rawRequest, varint } from './fixtures/encode.ts';
import { spanId, traceId } from './fixtures/requests.ts';

/** One bad record among 512: what becomes of it, and that its 511 neighbours are there whole. */

const batchSize = 512;
const badIndex = 200;

const ids = Buffer.concat([field(1, Buffer.from(traceId, 'hex')), field(2, Buffer.from(spanId, 'hex'))]);
const named = (index: number) => field(5, Buffer.from(`span ${index}`));
const names = Array.from({ length: batchSize }, (_, index) => `span ${index}`);
const neighbours = names.filter((_, index) => index !== badIndex);

function decodeWithBad(bad: Uint8Array) {
  const spans = names.map((_, index) => (index === badIndex ? bad : Buffer.concat([ids, named(index)])));
  const { groups, rejected, warnings } = decodeTraces(rawRequest(spans), 'protobuf');
  return { items: groups.flatMap((group) => group.items), rejected, warnings };
}

const attribute = (value: Uint8Array) => field(9, field(1, Buffer.from('deep')), field(2, value));

/** Levels of array and map above the innermost value. */
function depthOf(value: AnyValue | undefined): number {
  let depth = 0;
  let rest: AnyValue | undefined = value;
  while (rest && ('arrayValue' in rest || 'kvlistValue' in rest)) {
    rest = 'arrayValue' in rest ? rest.arrayValue.values[0] : 'kvlistValue' in rest ? rest.kvlistValue.values[0]?.value : undefined;
    depth += 1;
  }
  return depth;
}

describe('one bad span among 512 in protobuf', () => {
  it.each<[string, Uint8Array, string]>([
    ['a zero trace id', Buffer.concat([field(1, Buffer.alloc(16)), field(2, Buffer.from(spanId, 'hex'))]), 'trace_id must be 16 bytes'],
    ['a truncated attribute', Buffer.concat([ids, Buffer.from([0x4a, 0x50, 0x0a])]), 'a length reaches past the end'],
    ['a truncated time', Buffer.concat([ids, Buffer.from([0x39, 1, 2, 3])]), 'a number is cut off'],
    ['a truncated varint', Buffer.concat([ids, Buffer.from([0x30, 0x80])]), 'a varint is cut off'],
    ['a length of 2 GiB', Buffer.concat([ids, Buffer.from([0x2a]), varint(0x7fffffff)]), 'a length reaches past the end'],
    ['a length of 2^63', Buffer.concat([ids, Buffer.from([0x2a]), varint(2 ** 63)]), 'a length reaches past the end'],
    ['a varint of 11 bytes', Buffer.concat([ids, Buffer.from([0x30, ...Array<number>(10).fill(0xff), 1])]), 'longer than 10 bytes'],
    ['field 0', Buffer.concat([ids, Buffer.from([0x00, 0x01])]), 'a field number is out of range'],
    ['a start of group', Buffer.concat([ids, Buffer.from([0xa3, 0x06])]), 'wire type 3 does not occur'],
    ['an end of group', Buffer.concat([ids, Buffer.from([0xa4, 0x06])]), 'wire type 4 does not occur'],
    ['a name that is a number', Buffer.concat([ids, Buffer.from([0x28, 0x01])]), 'field 5 has wire type 0 instead of 2'],
    ['an attribute whose value lies', Buffer.concat([ids, field(9, Buffer.from([0x12, 0x7f, 0x0a, 0x01]))]), 'a length reaches past'],
  ])('is rejected alone for %s', (_case, bad, reason) => {
    const { items, rejected, warnings } = decodeWithBad(bad);
    expect(items.map((span) => span.name)).toEqual(neighbours);
    expect(rejected).toBe(1);
    expect(warnings).toEqual([expect.stringContaining(reason)]);
  });

  it('is kept, repaired, where its text is not UTF-8 (R5)', () => {
    const { items, rejected, warnings } = decodeWithBad(Buffer.concat([ids, field(5, Buffer.from([0xff, 0xfe, 0x41]))]));
    expect(items).toHaveLength(batchSize);
    expect(items[badIndex]?.name).toBe('\uFFFD\uFFFDA');
    expect({ rejected, warnings }).toEqual({ rejected: 0, warnings: ['1 string with invalid UTF-8, repaired with U+FFFD'] });
  });

  it('is no bad span where its text holds a real U+FFFD, NUL or a byte order mark', () => {
    const name = '\uFEFFa\u0000b\uFFFDc';
    const { items, warnings } = decodeWithBad(Buffer.concat([ids, field(5, Buffer.from(name))]));
    expect(items[badIndex]?.name).toBe(name);
    expect(warnings).toEqual([]);
  });

  it.each(['array', 'map'] as const)('is kept, cut, where an %s is 10,000 levels deep', (kind) => {
    const { items, rejected, warnings } = decodeWithBad(Buffer.concat([ids, attribute(nestedValue(10_000, kind))]));
    expect(items).toHaveLength(batchSize);
    expect(depthOf(items[badIndex]?.attributes[0]?.value)).toBe(maxValueDepth);
    expect(rejected).toBe(0);
    expect(warnings).toEqual([`1 value nested deeper than ${maxValueDepth} levels, replaced by a note from there on`]);
  });

  it('is kept with its unknown fields of every wire type skipped (J3, D9)', () => {
    const unknown = Buffer.concat([
      Buffer.from([0x98, 0x06, 0x2a]), // field 99: a varint
      Buffer.from([0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8]), // fixed64
      field(99, Buffer.from('tomorrow')),
      Buffer.from([0x9d, 0x06, 1, 2, 3, 4]), // fixed32
      varint((536_870_911 << 3) >>> 0), // the largest field number
      Buffer.from([0x01]),
    ]);
    const { items, warnings } = decodeWithBad(Buffer.concat([unknown, ids, unknown, field(5, Buffer.from('known')), unknown]));
    expect(items[badIndex]?.name).toBe('known');
    expect(warnings).toEqual([]);
  });
});

describe('one bad span among 512 in JSON', () => {
  it.each([
    ['a zero trace id', `{"traceId":"${'0'.repeat(32)}","spanId":"${spanId}"}`, 'trace_id must be 16 bytes'],
    ['a name that is a number', `{"traceId":"${traceId}","spanId":"${spanId}","name":7}`, 'name must be a string'],
    ['attributes that are a map', `{"traceId":"${traceId}","spanId":"${spanId}","attributes":{"a":1}}`, 'attributes must be an array'],
    ['no object', '"span"', 'it must be an object'],
    ['a list', '[]', 'it must be an object'],
  ])('is rejected alone for %s', (_case, bad, reason) => {
    const spans = names.map((name, index) => (index === badIndex ? bad : JSON.stringify({ traceId, spanId, name })));
    const { groups, rejected, warnings } = decodeTraces(
      Buffer.from(`{"resourceSpans":[{"scopeSpans":[{"spans":[${spans.join()}]}]}]}`),
      'json',
    );
    expect(groups[0]?.items.map((span) => span.name)).toEqual(neighbours);
    expect(rejected).toBe(1);
    expect(warnings).toEqual([expect.stringContaining(reason)]);
  });
});

describe.each(['array', 'map'] as const)('an %s', (kind) => {
  const body = (levels: number) => field(5, nestedValue(levels, kind));
  const bodyJson = (levels: number) =>
    Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${nestedJson(levels, kind)}}]}]}]}`);

  it.each([1, 47, 48, maxValueDepth])('of %d levels is kept whole in both encodings', (levels) => {
    const decoded = decodeLogs(rawRequest([body(levels)]), 'protobuf');
    expect(depthOf(decoded.groups[0]?.items[0]?.body)).toBe(levels);
    expect(decoded.warnings).toEqual([]);
    expect(decodeLogs(bodyJson(levels), 'json')).toStrictEqual(decoded);
  });

  it.each([maxValueDepth + 1, 100, 10_000, 1_000_000])('of %d levels is cut at the same place in both encodings (J9)', (levels) => {
    const decoded = decodeLogs(rawRequest([body(levels)]), 'protobuf');
    expect(depthOf(decoded.groups[0]?.items[0]?.body)).toBe(maxValueDepth);
    expect(JSON.stringify(decoded.groups)).toContain(`[nested deeper than ${maxValueDepth} levels: not kept]`);
    expect(decoded).toMatchObject({ rejected: 0, warnings: [expect.stringContaining('1 value nested deeper')] });
    expect(decodeLogs(bodyJson(levels), 'json')).toStrictEqual(decoded);
  });
});
