import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { logRuns, readUint32s, traceArrivals, writeLogRuns, writeTraceArrivals, writeUint32s } from './chunk-rows.ts';
import { codec, compress, decompress } from './codec.ts';
import { joinEntries, splitEntries } from './group-entries.ts';
import { readSourceSums, writeSourceSums } from './source-sums.ts';

/** As SQLite may give it: anywhere in a larger buffer. */
function displaced(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([1, 2, 3]), bytes]).subarray(3);
}

describe('columns of a chunk', () => {
  it.each([
    { label: 'none', ordinals: [], times: [], newestNs: 5n },
    { label: 'one', ordinals: [7], times: [1n], newestNs: 1n },
    { label: 'at several times', ordinals: [1, 0xffff_fffe, 3, 4], times: [2n, 2n, 2n ** 63n, 2n], newestNs: 2n ** 63n },
    { label: 'and spans of them later', ordinals: [1, 2], times: [1n, 1n], newestNs: 9n },
  ])('say when which trace arrived ($label)', ({ ordinals, times, newestNs }) => {
    const arrivals = { ordinals: Uint32Array.from(ordinals), receivedNs: BigUint64Array.from(times), newestNs };
    const { arrival, received } = writeTraceArrivals(arrivals);
    expect(traceArrivals({ arrival: displaced(arrival), received: displaced(received) })).toEqual(arrivals);
  });

  it('say when which log record arrived', () => {
    const runs = [
      { firstId: 1, count: 3, receivedNs: 5n },
      { firstId: 2 ** 40, count: 1, receivedNs: 2n ** 63n },
    ];
    expect(logRuns(displaced(writeLogRuns(runs)))).toEqual(runs);
    expect(readUint32s(displaced(writeUint32s([1, 2 ** 32 - 1])))).toEqual(Uint32Array.of(1, 2 ** 32 - 1));
  });
});

describe('the bytes of a chunk', () => {
  it.each([0, 1, 63, 64, 300_000])('are the same after compression: %i', (length) => {
    const bytes = Buffer.alloc(length, 'abc');
    const { data, codec: used } = compress(bytes);
    expect(used).toBe(codec.zstd);
    expect(Buffer.from(decompress(data, used, length)).equals(bytes)).toBe(true);
  });

  it('are read from every codec that ever wrote them', () => {
    expect(decompress(Buffer.from('as it is'), codec.asIs, 8)).toEqual(Buffer.from('as it is'));
    expect(decompress(deflateRawSync('deflated'), codec.deflate, 8)).toEqual(Buffer.from('deflated'));
  });

  it('are refused where they are not what they say', () => {
    const { data, codec: used } = compress(Buffer.alloc(1000));
    expect(() => decompress(data, used, 999)).toThrow(/larger than|instead of/);
    expect(() => decompress(data, used, 1001)).toThrow('1000 bytes instead of 1001');
    expect(() => decompress(data.subarray(0, data.length - 1), used, 1000)).toThrow(/unexpected end|instead of|incomplete/i);
    expect(() => decompress(data, 9, 1000)).toThrow('codec 9');
  });
});

describe('entries of a group', () => {
  it('are what they were, at places that are a multiple of 8', () => {
    const entries = [0, 1, 7, 8, 9, 1000].map((length) => Uint8Array.from({ length }, (_, n) => n));
    const split = splitEntries(displaced(joinEntries(entries)));
    expect(split).toEqual(entries);
    for (const { byteOffset } of split) expect(byteOffset % 8).toBe(0);
    expect(() => splitEntries(joinEntries(entries).subarray(0, 1000))).toThrow(RangeError);
  });
});

describe('sources of a trace', () => {
  it('are what they were', () => {
    const sums = [0, 1, 127, 128, 16_384, 2 ** 31, 2 ** 40].map((number) => [number, number, 0] as [number, number, number]);
    expect(readSourceSums(displaced(writeSourceSums(sums)))).toEqual(sums);
  });
});
