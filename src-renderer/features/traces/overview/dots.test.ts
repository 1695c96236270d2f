import { expect, it } from 'vitest';
import type { TracePoint } from '#proto/bridge/trace-overview';
import { nsOfMs } from '../range/arrival-choice.ts';
import { durationScale } from './chart-scale.ts';
import { dotsOf, nearestDot } from './dots.ts';

const pointOf = (traceId: string, ms: number, durationNano: string, isError: boolean): TracePoint => ({
  traceId,
  rootName: 'GET /',
  rootService: 'api',
  receivedTimeUnixNano: nsOfMs(ms),
  durationNano,
  isError,
});

it('a dot is found by pointing near it, and a failed one before another at the same place', () => {
  const points = [pointOf('a', 1000, '1000000', false), pointOf('b', 1000, '1000000', true), pointOf('c', 1500, '10000000', false)];
  const dots = dotsOf(points, { startMs: 0, endMs: 2000 }, durationScale(points, 0, 100), 200);
  expect(dots.map(({ px, py }) => [px, Math.round(py)])).toEqual([
    [100, 100],
    [100, 100],
    [150, 50],
  ]);
  expect(nearestDot(dots, 103, 96)?.point.traceId).toBe('b');
  expect(nearestDot(dots.toReversed(), 103, 96)?.point.traceId).toBe('b');
  expect(nearestDot(dots, 148, 52)?.point.traceId).toBe('c');
  expect(nearestDot(dots, 20, 20)).toBeUndefined();
});
