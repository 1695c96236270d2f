import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Import } from '#proto/bridge/imports';
import { runningEngine, type RunningEngine } from '../running-engine.fixture.ts';

let running: RunningEngine;
beforeAll(async () => void (running = await runningEngine()));
afterAll(() => running.stop());
afterEach(async () => {
  for (const { id } of await running.engine.imports.list()) await running.engine.imports.remove(id);
});

const traceIdOf = (number: number): string => number.toString(16).padStart(32, 'b');

function lines(count: number, from = 1): string {
  const line = (number: number): string =>
    JSON.stringify({
      resourceSpans: [
        {
          scopeSpans: [
            { spans: [{ traceId: traceIdOf(number), spanId: 'eee19b7ec3c1b173', startTimeUnixNano: '1', endTimeUnixNano: '2' }] },
          ],
        },
      ],
    });
  return Array.from({ length: count }, (_, index) => line(from + index)).join('\n');
}

async function begin(name: string, content: string | Buffer, pieces = 1): Promise<Import> {
  const bytes = Buffer.from(content);
  const { imports } = running.engine;
  let item = await imports.begin({ name, bytes: bytes.length });
  const size = Math.ceil(bytes.length / pieces);
  for (let offset = 0; offset < bytes.length; offset += size) {
    const taken = await imports.piece(item.id, offset, bytes.subarray(offset, offset + size));
    if (taken === undefined) throw new Error('The piece was not awaited.');
    item = taken;
  }
  return item;
}

async function ended(id: number): Promise<Import> {
  const end = async (): Promise<Import | undefined> => {
    const item = await running.engine.imports.get(id);
    return item?.state === 'reading' ? undefined : item;
  };
  await expect.poll(end, { timeout: 20_000 }).toBeDefined();
  return (await end()) as Import;
}

const storedTraces = async (importId?: number) => (await running.engine.ask('searchTraces', { query: '', limit: 100, importId })).items;

describe('a file', () => {
  it('is taken in pieces, read, listed, and its traces say where they came from', async () => {
    const name = '../../etc/\u202Epasswd\n.json';
    const { id } = await begin(name, lines(20), 7);
    const item = await ended(id);
    expect(item).toMatchObject({ name, state: 'complete', storedSpans: 20, message: '' });
    expect(item.report).toMatchObject({ format: 'OTLP JSON', spans: 20, traceCount: 20, problemCount: 0 });
    expect(await storedTraces(id)).toHaveLength(20);
    const [trace] = await storedTraces(id);
    expect(trace?.importedFrom).toEqual([{ importId: id, name, importedTimeUnixNano: item.importedTimeUnixNano }]);
    expect(trace?.receivedTimeUnixNano).toBe(item.importedTimeUnixNano);
    expect(readdirSync(path.join(running.dataDirectory, 'imports'))).toEqual([]);
  });

  it('is stored once, under whatever name, and again when it was removed', async () => {
    const first = await ended((await begin('a.jsonl', lines(2))).id);
    const second = await ended((await begin('b.jsonl', lines(2))).id);
    expect(second).toMatchObject({ state: 'duplicate', sameAs: first.id });
    expect(await storedTraces(second.id)).toEqual([]);
    expect(await running.engine.imports.remove(first.id)).toBe(true);
    expect(await storedTraces(first.id)).toEqual([]);
    expect(await ended((await begin('a.jsonl', lines(2))).id)).toMatchObject({ state: 'complete', storedSpans: 2 });
  });

  it('that holds what was received already keeps both, and removing it leaves what was received', async () => {
    const content = lines(1, 99_999);
    await running.post('traces', 'json', JSON.parse(content) as Record<string, never>);
    const { id } = await ended((await begin('a.jsonl', content)).id);
    expect(await storedTraces(id)).toMatchObject([{ traceId: traceIdOf(99_999), spanCount: 2, importedFrom: [{ importId: id }] }]);
    await running.engine.imports.remove(id);
    const left = (await storedTraces()).find(({ traceId }) => traceId === traceIdOf(99_999));
    expect(left).toMatchObject({ spanCount: 1 });
    expect(left).not.toHaveProperty('importedFrom');
  });

  it('that is none of the formats is said, and leaves nothing', async () => {
    const item = await ended((await begin('a.txt', 'hello')).id);
    expect(item).toMatchObject({ state: 'failed', storedSpans: 0 });
    expect(item.message).toContain('This file cannot be read');
    expect(await running.engine.imports.remove(item.id)).toBe(true);
    expect(await running.engine.imports.list()).toEqual([]);
  });

  it('loses a refused line alone', async () => {
    const bad = lines(1, 50).replace('"startTimeUnixNano":"1"', '"startTimeUnixNano":{}');
    const item = await ended((await begin('a.jsonl', [lines(2), bad, '{"resourceSpans"', lines(2, 3)].join('\n'))).id);
    expect(item.report).toMatchObject({ spans: 4, problemCount: 2 });
    expect(item.report.problems.map(({ place }) => place).toSorted()).toEqual(['line 3', 'line 4']);
  });
});

describe('a file on its way', () => {
  it('is taken back, and nothing of it stays', async () => {
    const { imports } = running.engine;
    const item = await imports.begin({ name: 'a.jsonl', bytes: 1000 });
    expect(await imports.piece(item.id, 0, Buffer.alloc(10))).toMatchObject({ state: 'uploading', bytesDone: 10 });
    expect(await imports.remove(item.id)).toBe(true);
    expect(await imports.piece(item.id, 10, Buffer.alloc(10))).toBeUndefined();
    expect(await imports.list()).toEqual([]);
    expect(readdirSync(path.join(running.dataDirectory, 'imports'))).toEqual([]);
  });

  it('that is being read is taken back, and nothing of it stays', async () => {
    const { id } = await begin('large.jsonl', lines(20_000));
    expect(await running.engine.imports.remove(id)).toBe(true);
    expect(await running.engine.imports.list()).toEqual([]);
    expect((await storedTraces()).filter(({ importedFrom }) => importedFrom !== undefined)).toEqual([]);
  });

  it('takes its pieces in order, and no more than was said', async () => {
    const { imports } = running.engine;
    const { id } = await imports.begin({ name: 'a', bytes: 10 });
    await expect(imports.piece(id, 5, Buffer.alloc(1))).rejects.toThrow('begins at 0');
    await expect(imports.piece(id, 0, Buffer.alloc(11))).rejects.toThrow('10 bytes');
    await expect(imports.piece(id, 0, Buffer.alloc(0))).rejects.toThrow('10 bytes');
    expect(await imports.piece(id + 1, 0, Buffer.alloc(1))).toBeUndefined();
    expect(await imports.remove(id + 1)).toBe(false);
  });

  it('is refused where too many are', async () => {
    const { imports } = running.engine;
    for (let file = 0; file < 64; file += 1) await imports.begin({ name: 'a', bytes: 10 });
    await expect(imports.begin({ name: 'a', bytes: 10 })).rejects.toThrow('Too many files');
  });

  it('is forgotten with the app', async () => {
    const first = await runningEngine();
    await first.engine.imports.begin({ name: 'a', bytes: 10 });
    const { id } = await first.engine.imports.begin({ name: 'b', bytes: 10 });
    await first.engine.imports.piece(id, 0, Buffer.alloc(1));
    await first.engine.stop();
    const { dataDirectory } = first;
    expect(existsSync(path.join(dataDirectory, 'imports'))).toBe(true);
    const again = await runningEngine({ dataDirectory });
    onTestFinished(() => again.stop());
    expect(existsSync(path.join(dataDirectory, 'imports'))).toBe(false);
    expect(await again.engine.imports.list()).toEqual([]);
  });
});
