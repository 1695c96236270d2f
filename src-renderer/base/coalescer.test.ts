import { describe, expect, it } from 'vitest';
import { Coalescer } from './coalescer.ts';

/** A task whose runs are ended by the test. */
const controlled = () => {
  const runs: { end: () => void; signal: AbortSignal }[] = [];
  let onStart: () => void = () => undefined;
  const task = (signal: AbortSignal) =>
    new Promise<void>((end) => {
      runs.push({ end, signal });
      onStart();
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
    coalescer.request();
    await started(1);
    for (let index = 0; index < 20; index += 1) coalescer.request();
    expect(runs.length).toBe(1);
    runs[0]?.end();
    await started(2);
    runs[1]?.end();
    coalescer.request();
    await started(3);
    expect(runs.length).toBe(3);
  });

  it('calls off the run under way when it ends, and starts no other', async () => {
    const { runs, task, started } = controlled();
    const coalescer = new Coalescer(task, 0);
    coalescer.request();
    await started(1);
    coalescer.end();
    expect(runs[0]?.signal.aborted).toBe(true);
    coalescer.request();
    runs[0]?.end();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(runs.length).toBe(1);
  });
});
