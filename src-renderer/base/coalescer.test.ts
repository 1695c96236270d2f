import { describe, expect, it } from 'vitest';
import { Coalescer } from './coalescer.ts';

/** A task whose runs are ended by the test. */
const controlled = () => {
  const runs: { end: () => void; signal: AbortSignal }[] = [];
  let onStart: (() => void) | undefined;
  const task = (signal: AbortSignal) =>
    new Promise<void>((end) => {
      runs.push({ end, signal });
      onStart?.();
    });
  const started = (count: number) =>
    new Promise<void>((resolve) => {
      onStart = () => runs.length >= count && resolve();
      onStart();
    });
  return { runs, task, started };
};

describe('Coalescer', () => {
  it('answers a burst during a run with one more run', async () => {
    const { runs, task, started } = controlled();
    const coalescer = new Coalescer(task, 0);
    coalescer.request('first');
    await started(1);
    for (let index = 0; index < 20; index += 1) coalescer.request(`during ${index}`);
    expect(runs.length).toBe(1);
    runs[0]?.end();
    await started(2);
    runs[1]?.end();
    coalescer.request('third');
    await started(3);
    expect(runs.length).toBe(3);
  });

  it('does not ask twice for the same version', async () => {
    const { runs, task, started } = controlled();
    const coalescer = new Coalescer(task, 0);
    for (const version of ['1', '1', '2', '2']) coalescer.request(version);
    await started(1);
    runs[0]?.end();
    await started(2);
    runs[1]?.end();
    coalescer.request('2');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(runs.length).toBe(2);
  });

  it('calls off the run under way when it ends, and starts no other', async () => {
    const { runs, task, started } = controlled();
    const coalescer = new Coalescer(task, 0);
    coalescer.request('first');
    await started(1);
    coalescer.end();
    expect(runs[0]?.signal.aborted).toBe(true);
    coalescer.request('second');
    runs[0]?.end();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(runs.length).toBe(1);
  });
});
