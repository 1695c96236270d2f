import { describe, expect, it } from 'vitest';
import { InMemoryEngine } from './in-memory-engine.fixture.ts';
import { newestChanges } from './newest-changes.ts';

describe('newestChanges', () => {
  it('gives the newest change first, then each later one', async () => {
    const engine = new InMemoryEngine();
    const changes = newestChanges(engine, new AbortController().signal);
    expect((await changes.next()).value).toMatchObject({ version: 1 });
    const next = changes.next();
    engine.publish({ version: 2 });
    expect((await next).value).toMatchObject({ version: 2 });
  });

  it('keeps only the newest for a reader that is slow', async () => {
    const engine = new InMemoryEngine();
    const changes = newestChanges(engine, new AbortController().signal);
    await changes.next();
    for (let version = 2; version <= 1000; version++) engine.publish({ version });
    expect((await changes.next()).value).toMatchObject({ version: 1000 });
    const next = changes.next();
    engine.publish({ version: 1001 });
    expect((await next).value).toMatchObject({ version: 1001 });
  });

  it('gives the subscription back when it is aborted while it waits', async () => {
    const engine = new InMemoryEngine();
    const controller = new AbortController();
    const changes = newestChanges(engine, controller.signal);
    await changes.next();
    const next = changes.next();
    controller.abort();
    expect((await next).done).toBe(true);
    expect(engine.listeners.size).toBe(0);
  });

  it('gives the subscription back when its reader stops', async () => {
    const engine = new InMemoryEngine();
    for await (const change of newestChanges(engine, new AbortController().signal)) {
      expect(change.version).toBe(1);
      break;
    }
    expect(engine.listeners.size).toBe(0);
  });
});
