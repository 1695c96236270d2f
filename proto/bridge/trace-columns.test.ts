import { describe, expect, it } from 'vitest';
import { BadColumnsError, decodeTraceColumns, encodeTraceColumns, type TraceColumns } from './trace-columns.ts';

const columns: TraceColumns = {
  summary: {
    traceId: 'a'.repeat(32),
    rootName: 'GET /größe \u{1F980}',
    rootService: 'api',
    hasRoot: true,
    startTimeUnixNano: '1544712660300000001',
    durationNano: '1500000',
    spanCount: 3,
    errorCount: 1,
    logCount: 0,
    services: [{ name: 'api', spanCount: 3, errorCount: 1 }],
    receivedTimeUnixNano: '1544712660300000001',
    pinned: true,
  },
  strings: ['', 'GET /größe \u{1F980}', 'api', 'lone \ud800 surrogate'],
  spanIds: Uint8Array.from({ length: 24 }, (_, index) => index + 1),
  parent: Int32Array.of(-1, 0, -2),
  offsetNs: Float64Array.of(0, 1e6, 2 ** 53),
  durationNs: Float64Array.of(1.5e6, -3, 0),
  name: Uint32Array.of(1, 3, 0),
  service: Uint32Array.of(2, 2, 2),
  kind: Int32Array.of(2, -1, 2_147_483_647),
  statusCode: Int32Array.of(0, 2, 1),
  statusMessage: Uint32Array.of(0, 3, 0),
  eventCount: Uint32Array.of(0, 1, 4_294_967_295),
  logCount: Uint32Array.of(0, 0, 7),
  eventSpan: Int32Array.of(1),
  eventOffsetNs: Float64Array.of(-5),
  eventIsException: Uint8Array.of(1),
};

const encoded = (changed: Partial<TraceColumns> = {}): Uint8Array<ArrayBuffer> => {
  const parts = encodeTraceColumns({ ...columns, ...changed });
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
};

const none = new Uint32Array();
const empty: Partial<TraceColumns> = {
  strings: [],
  spanIds: new Uint8Array(),
  parent: new Int32Array(),
  offsetNs: new Float64Array(),
  durationNs: new Float64Array(),
  name: none,
  service: none,
  kind: new Int32Array(),
  statusCode: new Int32Array(),
  statusMessage: none,
  eventCount: none,
  logCount: none,
  eventSpan: new Int32Array(),
  eventOffsetNs: new Float64Array(),
  eventIsException: new Uint8Array(),
};

describe('the binary form of columns', () => {
  it('gives back what it was made from', () => expect(decodeTraceColumns(encoded())).toEqual(columns));

  it('gives back a trace without spans', () => expect(decodeTraceColumns(encoded(empty))).toEqual({ ...columns, ...empty }));

  it('is read without a copy, wherever it begins', () => {
    const bytes = encoded();
    expect(decodeTraceColumns(bytes).durationNs.buffer).toBe(bytes.buffer);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeTraceColumns(shifted.subarray(3))).toEqual(columns);
    const aligned = new Uint8Array(bytes.length + 8);
    aligned.set(bytes, 8);
    expect(decodeTraceColumns(aligned.subarray(8)).parent.buffer).toBe(aligned.buffer);
  });

  it('is written without a copy of a column, also of one that is a part of something larger', () => {
    const large = Float64Array.of(9, 0, 1e6, 2 ** 53, 9);
    const parts = encodeTraceColumns({ ...columns, offsetNs: large.subarray(1, 4) });
    expect(parts.some(({ buffer }) => buffer === large.buffer)).toBe(true);
    expect(decodeTraceColumns(encoded({ offsetNs: large.subarray(1, 4) }))).toEqual(columns);
  });

  it('is not written from columns of different lengths', () => {
    expect(() => encodeTraceColumns({ ...columns, kind: Int32Array.of(1) })).toThrow('kind has 1 entries for 3 spans.');
    expect(() => encodeTraceColumns({ ...columns, spanIds: new Uint8Array(23) })).toThrow(BadColumnsError);
  });

  it.each([
    ['parent', { parent: Int32Array.of(-1, 3, -2) }, 'parent of row 1 is 3, which is out of range.'],
    ['parent below those that have a meaning', { parent: Int32Array.of(-3, 0, 0) }, 'parent of row 0 is -3, which is out of range.'],
    ['name', { name: Uint32Array.of(0, 0, 4) }, 'name of row 2 is 4, which is out of range.'],
    ['service', { service: Uint32Array.of(0xffff_ffff, 0, 0) }, 'service of row 0 is 4294967295, which is out of range.'],
    ['status message', { statusMessage: Uint32Array.of(0, 9, 0) }, 'statusMessage of row 1 is 9, which is out of range.'],
    ['span of an event', { eventSpan: Int32Array.of(-1) }, 'eventSpan of row 0 is -1, which is out of range.'],
  ])('is refused with a %s out of range', (_what, changed, message) => {
    expect(() => decodeTraceColumns(encoded(changed))).toThrow(message);
  });

  it('is refused in another version', () => {
    const bytes = encoded();
    bytes[0] = 2;
    expect(() => decodeTraceColumns(bytes)).toThrow('version 2; this page reads 1');
  });

  it('is refused at any other length', () => {
    const bytes = encoded();
    for (let length = 0; length < bytes.length; length++) expect(() => decodeTraceColumns(bytes.slice(0, length))).toThrow(BadColumnsError);
    expect(() => decodeTraceColumns(new Uint8Array([...bytes, 0]))).toThrow(
      `The columns have ${bytes.length + 1} bytes, not ${bytes.length}.`,
    );
  });

  it('is refused, and nothing else happens, when any one byte of prefix and header is another', () => {
    const bytes = encoded();
    const headerEnd = 8 + (new Uint32Array(bytes.buffer, 4, 1)[0] ?? 0);
    for (let at = 0; at < headerEnd; at++) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x80;
      expect(() => decodeTraceColumns(changed)).toThrow(BadColumnsError);
    }
  });
});
