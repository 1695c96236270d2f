import { describe, expect, it } from 'vitest';
import { Checkpoints } from './checkpoints.ts';

/** Runs that end when they are told to, one after the other. */
function heldRuns() {
  const runs: PromiseWithResolvers<number>[] = [];
  const begun: PromiseWithResolvers<void>[] = [Promise.withResolvers()];
  const checkpoints = new Checkpoints(() => {
    const run = Promise.withResolvers<number>();
    runs.push(run);
    begun.at(-1)?.resolve();
    begun.push(Promise.withResolvers());
    return run.promise;
  });
  return { checkpoints, runs, begins: (number: number) => begun[number]?.promise };
}

describe('checkpoints', () => {
  it('run after commits, one at a time, and once more for those that came meanwhile', async () => {
    const { checkpoints, runs, begins } = heldRuns();
    for (let commit = 0; commit < 100; commit++) checkpoints.noteCommit();
    await begins(0);
    for (let commit = 0; commit < 100; commit++) checkpoints.noteCommit();
    expect(runs).toHaveLength(1);
    runs[0]?.resolve(0);
    await begins(1);
    expect(runs).toHaveLength(2);
    checkpoints.stop();
  });

  it('go on while something is left, and are tried again at the next commit where they fail', async () => {
    const { checkpoints, runs, begins } = heldRuns();
    checkpoints.noteCommit();
    await begins(0);
    runs[0]?.resolve(8192);
    await begins(1);
    runs[1]?.reject(new Error('the worker is being restarted'));
    await new Promise(setImmediate);
    checkpoints.noteCommit();
    await begins(2);
    checkpoints.stop();
    expect(runs).toHaveLength(3);
  });
});
