import { afterEach, describe, expect, it } from 'vitest';
import type { CrashingMethods } from './crashing-worker.fixture.ts';
import { WorkerHandle } from './worker-handle.ts';

type Handle = WorkerHandle<CrashingMethods>;

let handle: Handle | undefined;

afterEach(() => handle?.stop());

async function start(): Promise<{ worker: Handle; restarts: Error[] }> {
  const restarts: Error[] = [];
  const worker = await WorkerHandle.start<CrashingMethods>({
    name: 'crashing-worker.fixture',
    workerData: undefined,
    onEvent: () => undefined,
    onRestart: (reason) => restarts.push(reason),
  });
  handle = worker;
  return { worker, restarts };
}

describe('a worker that dies', () => {
  it('gives back what it had under way as "try again", and is there again', async () => {
    const { worker, restarts } = await start();
    const underWay = worker.call('hang', undefined);
    const last = worker.call('crash', 1);
    await expect(underWay).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    await expect(last).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    await expect(worker.call('echo', 'too early')).rejects.toMatchObject({ name: 'StoreUnavailableError' });
    expect(restarts).toHaveLength(1);
    await expect.poll(() => worker.call('echo', 'again').catch(() => 'not yet'), { timeout: 10_000 }).toBe('again');
  });

  it('is not started again once it has been stopped', async () => {
    const { worker, restarts } = await start();
    await worker.stop();
    expect(restarts).toEqual([]);
    await expect(worker.call('echo', 'hello')).rejects.toMatchObject({ name: 'StoreUnavailableError' });
  });
});

describe('a call', () => {
  it('carries an error across with its name and its own fields', async () => {
    const { worker } = await start();
    await expect(worker.call('refuse', 7)).rejects.toMatchObject({ name: 'RangeError', message: 'no', position: 7 });
    await expect(worker.call('echo', 'still there')).resolves.toBe('still there');
  });
});
