import { describe, expect, it } from 'vitest';
import { createPayloadMark } from './payload-mark.ts';

const payload = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);

describe('the mark of a payload', () => {
  it('is the same for the same bytes, also after a restart', () => {
    expect(createPayloadMark('a store')(payload)).toEqual(createPayloadMark('a store')(payload.slice()));
  });

  it('differs with any byte, with the length, and from store to store', () => {
    const mark = createPayloadMark('a store');
    const zeroBehind = new Uint8Array(payload.length + 1);
    zeroBehind.set(payload);
    const others = [
      payload.with(0, 1),
      payload.with(payload.length - 1, 7),
      payload.subarray(1),
      zeroBehind,
      new Uint8Array(),
      new Uint8Array(16),
    ];
    const marks = [payload, ...others].map((bytes) => Buffer.from(mark(bytes)).toString('hex'));
    marks.push(Buffer.from(createPayloadMark('another')(payload)).toString('hex'));
    expect(new Set(marks).size).toBe(marks.length);
  });

  it('leaves the payload as it is, whatever its size', () => {
    const large = new Uint8Array(64 * 1024 * 1024).fill(3);
    expect(createPayloadMark('a store')(large)).toHaveLength(16);
    expect(Buffer.compare(large, new Uint8Array(large.length).fill(3))).toBe(0);
  });
});
