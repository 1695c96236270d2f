import { missingParent, rootParent, type TraceColumns } from '../bridge/trace-columns.ts';
import { drawTrace, spanIdBytes } from './draw-trace.fixture.ts';

/** Numbers from 0 up to 1 that are the same for the same seed. */
export const generator = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

/**
 * A trace of up to `most` spans with everything that times can do: ties, children that overlap, stick out, lie elsewhere or take no time, durations below zero, several tops, consumers below
 * producers, three services. Starts and durations are small whole numbers, so that ties are common.
 */
export const randomTrace = (seed: number, most = 24): TraceColumns => {
  const random = generator(seed);
  const pick = (end: number): number => Math.floor(random() * end);
  const size = 1 + pick(most);
  const parent = Array.from({ length: size }, (_, row) =>
    row === 0 || random() < 0.08 ? (random() < 0.5 ? rootParent : missingParent) : pick(row),
  );
  const { summary } = drawTrace('a b 0-1');
  return {
    summary,
    strings: ['a', 'b', 'c'],
    spanIds: spanIdBytes(parent.map((_, row) => (row + 1).toString(16).padStart(16, '0'))),
    parent: Int32Array.from(parent),
    offsetNs: Float64Array.from(parent, () => pick(30)),
    durationNs: Float64Array.from(parent, () => (random() < 0.05 ? -pick(5) : pick(20))),
    name: new Uint32Array(size),
    service: Uint32Array.from(parent, () => pick(3)),
    kind: Int32Array.from(parent, () => pick(6)),
    statusCode: Int32Array.from(parent, () => (random() < 0.2 ? 2 : 0)),
    statusMessage: new Uint32Array(size),
    eventCount: new Uint32Array(size),
    logCount: new Uint32Array(size),
    eventSpan: new Int32Array(),
    eventOffsetNs: new Float64Array(),
    eventIsException: new Uint8Array(),
  };
};
