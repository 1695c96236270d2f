import { describe, expect, it } from 'vitest';
import { createByteBudget, reserve } from './byte-budget.ts';
import { PayloadCollector } from './payload-collector.ts';

const mebibyte = 1024 * 1024;

/** Collects `bytes` in chunks of `chunkSize`, and says how much of the budget was held at most. */
function collect(bytes: Uint8Array, { chunkSize, announced, limit = 64 * mebibyte, budget = 1024 * mebibyte }: Setup) {
  const shared = createByteBudget(budget);
  let mostHeld = 0;
  let held = 0;
  const noted = (change: number): void => {
    held += change;
    mostHeld = Math.max(mostHeld, held);
  };
  const reservation = reserve({
    take: (size) => shared.take(size) && (noted(size), true),
    give: (size) => (noted(-size), shared.give(size)),
    buffers: shared.buffers,
  });
  const collector = new PayloadCollector(limit, reservation, announced);
  for (let start = 0; start < bytes.length; start += chunkSize) {
    const refusal = collector.add(bytes.subarray(start, start + chunkSize));
    if (refusal !== undefined) return { refusal, mostHeld, heldAfter: held };
  }
  return { payload: collector.payload(), mostHeld, heldAfter: held };
}

interface Setup {
  chunkSize: number;
  announced?: number;
  limit?: number;
  budget?: number;
}

const bytes = Uint8Array.from({ length: 3 * mebibyte + 7 }, (_, index) => index % 251);

describe('a payload that comes in chunks', () => {
  it.each<Setup>([
    { chunkSize: 100_003 },
    { chunkSize: 100_003, announced: bytes.length },
    { chunkSize: 100_003, announced: 10 },
    { chunkSize: 100_003, announced: 2 ** 40 },
    { chunkSize: bytes.length },
    { chunkSize: bytes.length, announced: bytes.length },
  ])('is whole, on memory of its own: %o', (setup) => {
    const { payload, mostHeld } = collect(bytes, setup);
    expect(Buffer.compare(payload ?? Buffer.of(), bytes)).toBe(0);
    expect(payload?.buffer).not.toBe(bytes.buffer);
    // While it grows, the old buffer and the new one.
    expect(mostHeld).toBeLessThanOrEqual(3.1 * bytes.length);
  });

  it('costs what it is long, in chunks of one byte', () => {
    const { payload, heldAfter } = collect(bytes.subarray(0, 100_000), { chunkSize: 1, announced: 100_000 });
    expect(payload).toHaveLength(100_000);
    expect(heldAfter).toBeLessThan(200_000);
  });

  it('is given room only as its bytes come, whatever it announces', () => {
    const { heldAfter } = collect(bytes.subarray(0, 10), { chunkSize: 10, announced: 64 * mebibyte });
    expect(heldAfter).toBe(mebibyte);
  });

  it('is refused beyond the limit, and where the budget has no room', () => {
    expect(collect(bytes, { chunkSize: mebibyte, limit: 2 * mebibyte }).refusal).toBe('too-large');
    expect(collect(bytes, { chunkSize: mebibyte, limit: bytes.length }).refusal).toBeUndefined();
    expect(collect(bytes, { chunkSize: mebibyte, budget: 2 * mebibyte }).refusal).toBe('over-budget');
  });
});
