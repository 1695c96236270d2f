import { describe, expect, it } from 'vitest';
import { LogRecord } from '#proto/model/log';
import { Resource, Scope } from '#proto/model/resource';
import { Span } from '#proto/model/span';
import { spanIdPattern, traceIdPattern } from '#proto/model/ids';
import { BadPayloadError, countMetricPoints, decodeLogs, decodeTraces } from './decode.ts';
import { toJson, toProtobuf } from './fixtures/encode.ts';
import { fullLogs, fullTraces } from './fixtures/requests.ts';

/** Damaged payloads end in a result that has the shapes it promises, or in `BadPayloadError`: nothing else, ever. */

const iterations = 5000;

/** mulberry32: the same numbers on every run, so that what fails once fails again. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = ReturnType<typeof randomNumbers>;

const mutations: ((payload: Buffer, random: Random) => Buffer)[] = [
  function flipBits(payload, random) {
    for (let flips = 1 + random(4); flips > 0; flips -= 1) {
      const at = random(payload.length);
      payload[at] = (payload[at] ?? 0) ^ (1 << random(8));
    }
    return payload;
  },
  function truncate(payload, random) {
    return payload.subarray(0, random(payload.length));
  },
  function lieAboutLength(payload, random) {
    payload.writeUInt32LE([0x7fffffff, 0xffffffff, 0x00000080, 0x0fffffff][random(4)] ?? 0, random(payload.length - 4));
    return payload;
  },
  function cutOut(payload, random) {
    const from = random(payload.length);
    return Buffer.concat([payload.subarray(0, from), payload.subarray(from + 1 + random(20))]);
  },
  function repeat(payload, random) {
    const from = random(payload.length);
    const to = from + random(payload.length - from);
    return Buffer.concat([payload.subarray(0, to), payload.subarray(from)]);
  },
  function insertSyntax(payload, random) {
    const at = random(payload.length);
    const bait =
      ['{', '}', '[', ']', '"', ',', ':', 'null', '-1', '1e999', '12345678901234567890', '\\', '\u0000', '\x0b'][random(14)] ?? '';
    return Buffer.concat([payload.subarray(0, at), Buffer.from(bait), payload.subarray(at)]);
  },
];

function* damaged(original: Uint8Array, seed: number): Generator<Buffer> {
  const random = randomNumbers(seed);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const mutate = mutations[iteration % mutations.length];
    const copy = mutate?.(Buffer.from(original), random) ?? Buffer.alloc(0);
    yield copy;
  }
}

/** What `decode` gives, if it does not refuse the payload. */
function resultOf<Result>(decode: () => Result): Result | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof BadPayloadError && error.message.length < 300) return undefined;
    throw error;
  }
}

describe.each(['protobuf', 'json'] as const)('%s with damage', (encoding) => {
  const traces = encoding === 'json' ? toJson(fullTraces) : toProtobuf('traces', fullTraces);
  const logs = encoding === 'json' ? toJson(fullLogs) : toProtobuf('logs', fullLogs);

  it('gives spans that are spans, or is refused', () => {
    let kept = 0;
    for (const payload of damaged(traces, 1)) {
      const decoded = resultOf(() => decodeTraces(payload, encoding));
      for (const { resource, scope, items } of decoded?.groups ?? []) {
        Resource.parse(resource);
        Scope.parse(scope);
        for (const item of items) {
          const span = Span.parse(item);
          expect(span.traceId).toMatch(traceIdPattern);
          expect(span.spanId).toMatch(spanIdPattern);
          kept += 1;
        }
      }
    }
    expect(kept).toBeGreaterThan(iterations / 20);
  });

  it('gives log records that are log records, or is refused', () => {
    let kept = 0;
    for (const payload of damaged(logs, 2)) {
      const decoded = resultOf(() => decodeLogs(payload, encoding));
      for (const { resource, scope, items } of decoded?.groups ?? []) {
        Resource.parse(resource);
        Scope.parse(scope);
        for (const item of items) LogRecord.parse(item);
        kept += items.length;
      }
    }
    expect(kept).toBeGreaterThan(iterations / 20);
  });

  it('can be counted or is refused', () => {
    for (const payload of damaged(traces, 3)) {
      for (const { resource, points } of resultOf(() => countMetricPoints(payload, encoding)) ?? []) {
        Resource.parse(resource);
        expect(points).toBeGreaterThan(0);
      }
    }
  });
});
