import { describe, expect, it } from 'vitest';
import { PayloadBuffers } from './payload-buffers.ts';

const mebibyte = 1024 * 1024;

describe('buffers of payloads', () => {
  it('are used again by payloads of about the same size', () => {
    const buffers = new PayloadBuffers();
    const first = buffers.take(300_000);
    expect(first.byteLength).toBe(buffers.sizeFor(300_000));
    expect(buffers.take(300_000)).not.toBe(first);
    buffers.give(first);
    expect(buffers.take(310_000)).toBe(first);
  });

  it.each([1, 1000, 40_000, mebibyte, 20 * mebibyte])('have room for %d bytes', (bytes) => {
    const buffers = new PayloadBuffers();
    for (let time = 0; time < 3; time++) {
      const buffer = buffers.take(bytes);
      expect(buffer.byteLength).toBe(buffers.sizeFor(bytes));
      expect(buffer.byteLength).toBeGreaterThanOrEqual(bytes);
      buffers.give(buffer);
    }
  });

  it('are kept up to a bound, and neither small ones, nor large ones, nor those that were moved away', () => {
    const buffers = new PayloadBuffers();
    const many = Array.from({ length: 100 }, () => buffers.take(mebibyte));
    for (const buffer of many) buffers.give(buffer);
    const again = new Set(Array.from({ length: 100 }, () => buffers.take(mebibyte)));
    expect(many.filter((buffer) => again.has(buffer))).toHaveLength(16);
    for (const size of [1000, 20 * mebibyte]) {
      const buffer = buffers.take(size);
      buffers.give(buffer);
      expect(buffers.take(size)).not.toBe(buffer);
    }
    const moved = buffers.take(mebibyte);
    structuredClone(moved, { transfer: [moved] });
    buffers.give(moved);
    expect(buffers.take(mebibyte)).not.toBe(moved);
  });
});
