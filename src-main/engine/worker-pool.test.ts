import { afterEach, describe, expect, it } from 'vitest';
import type { CrashingMethods } from './crashing-worker.fixture.ts';
import { WorkerPool } from './worker-pool.ts';

let pool: WorkerPool<CrashingMethods> | undefined;

afterEach(() => pool?.stop());

async function start(workers: number, budgetMs = 60_000): Promise<{ calls: WorkerPool<CrashingMethods>; restarts: Error[] }> {
  const restarts: Error[] = [];
  const calls = await WorkerPool.start<CrashingMethods>(
    { workers, budgetMs },
    {
      name: 'crashing-worker.fixture',
      workerData: undefined,
      onEvent: () => undefined,
      onRestart: (reason) => restarts.push(reason),
    },
  );
  pool = calls;
  return { calls, restarts };
}

describe('a pool of workers', () => {
  it('answers others while one worker is busy', async () => {
    const { calls } = await start(2, 2000);
    const spinning = calls.call('spin', undefined).catch((error: Error) => error);
    const others = await Promise.all(['a', 'b', 'c'].map((text) => calls.call('echo', text)));
    expect(others).toEqual(['a', 'b', 'c']);
    expect(await spinning).toMatchObject({
      name: 'StoreUnavailableError',
      message: expect.stringContaining('took longer than 2 s'),
    });
  });

  it('lets what waits behind a call that took too long have its turn on the worker that comes after it', async () => {
    const { calls, restarts } = await start(2, 500);
    const spinning = [calls.call('spin', undefined), calls.call('spin', undefined)];
    const behind = calls.call('echo', 'behind').catch((error: Error) => error.name);
    expect(await Promise.allSettled(spinning)).toMatchObject(spinning.map(() => ({ reason: { name: 'StoreUnavailableError' } })));
    // Both workers are gone at about the same time: it is either told to try again, or answered.
    expect(['behind', 'StoreUnavailableError']).toContain(await behind);
    expect(restarts.map(({ message }) => message)).toEqual([expect.stringContaining('given up'), expect.stringContaining('given up')]);
    await expect.poll(() => calls.call('echo', 'again').catch(() => 'not yet'), { timeout: 10_000 }).toBe('again');
  });

  it('gives a method its own error back, and goes on', async () => {
    const { calls } = await start(1);
    await expect(calls.call('refuse', 3)).rejects.toMatchObject({ name: 'RangeError', position: 3 });
    await expect(calls.call('echo', 'still there')).resolves.toBe('still there');
  });

  it('refuses what is more than anybody could wait for', async () => {
    const { calls } = await start(1);
    const hanging = calls.call('hang', undefined);
    const waiting = Array.from({ length: 1000 }, () => calls.call('echo', 'late'));
    await expect(calls.call('echo', 'one too many')).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    const ended = Promise.allSettled([hanging, ...waiting]);
    await calls.stop();
    expect((await ended).every(({ status }) => status === 'rejected')).toBe(true);
  });

  it('moves the buffers of a result', async () => {
    const { calls } = await start(1);
    expect(await calls.call('column', 3)).toEqual(Float64Array.of(1, 1, 1));
  });
});
