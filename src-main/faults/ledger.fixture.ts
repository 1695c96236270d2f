import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { LogPage, TracePage } from '#proto/bridge/shapes';
import { checkStore } from '#main/store/write/check';
import { json, send } from '#main/receive/wire.fixture';
import { toJson } from '#main/decode/fixtures/encode';
import { temporaryFolder, type Served } from './served.fixture.ts';
import { logsRequest, newTraceId, spansRequest, traceOf } from './telemetry.fixture.ts';

/** A trace with how many spans, or a log record by its body. */
export type Entry = { kind: 'trace'; id: string; spans: number } | { kind: 'log'; id: string };

/** A request that has not been answered yet. */
export interface Export {
  entry: Entry;
  path: '/v1/traces' | '/v1/logs';
  body: Uint8Array;
}

/** What a client knows to be stored, because it was told so. On disk before the client goes on, in the order of the answers. */
export class Ledger {
  readonly #path: string;
  readonly #file: number;

  constructor(directory: string) {
    this.#path = join(directory, 'ledger');
    this.#file = openSync(this.#path, 'as');
  }

  note(entry: Entry): void {
    writeSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  entries(): Entry[] {
    const lines = readFileSync(this.#path, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Entry);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** An export of one trace, every third time of one log record instead. Attributes, where asked for, hardly compress. */
export function nextExport(number: number, spans: number, fields: object = {}): Export {
  const id = newTraceId();
  if (number % 3 === 2) {
    const body = toJson(logsRequest([{ timeUnixNano: String(number + 1), severityNumber: 9, body: { stringValue: id } }]));
    return { entry: { kind: 'log', id }, path: '/v1/logs', body };
  }
  return { entry: { kind: 'trace', id, spans }, path: '/v1/traces', body: toJson(spansRequest(traceOf(id, spans, fields))) };
}

/** Sends it and, where it is acknowledged, notes it. Resolves with the status; rejects where the connection breaks. */
export async function sendExport(port: number, { entry, path, body }: Export, ledger: Ledger): Promise<number> {
  const { status } = await send(port, { path, headers: json, body });
  if (status === 200) ledger.note(entry);
  return status;
}

/** Everything that is stored: traces by id with how many spans were stored of them, and how often each log record is there. */
export async function stored(served: Served): Promise<{ spansOf: Map<string, number>; timesOf: Map<string, number> }> {
  const spansOf = new Map<string, number>();
  const timesOf = new Map<string, number>();
  for await (const { items } of pages<TracePage>(served, '/traces?limit=1000')) {
    for (const { traceId, spanCount } of items) {
      expect(spansOf.has(traceId)).toBe(false);
      spansOf.set(traceId, spanCount);
    }
  }
  for await (const { items } of pages<LogPage>(served, '/logs?limit=1000')) {
    for (const { body } of items) {
      const text = body !== undefined && 'stringValue' in body ? body.stringValue : '';
      timesOf.set(text, (timesOf.get(text) ?? 0) + 1);
    }
  }
  return { spansOf, timesOf };
}

async function* pages<Page extends { nextCursor?: string | undefined }>(served: Served, target: string): AsyncGenerator<Page> {
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const page: Page = await served.ask<Page>(`${target}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    yield page;
    cursor = page.nextCursor;
  }
}

/** Those that are there other than exactly once, with how often they are; spans are counted for a trace. */
export async function notStoredOnce(served: Served, entries: readonly Entry[]): Promise<(Entry & { there: number })[]> {
  const { spansOf, timesOf } = await stored(served);
  return entries.flatMap((entry) => {
    const there = (entry.kind === 'trace' ? spansOf : timesOf).get(entry.id) ?? 0;
    return there === (entry.kind === 'trace' ? entry.spans : 1) ? [] : [{ ...entry, there }];
  });
}

/** What every fault and every attack has to leave behind: a process that goes on, a store that is sound, and all that was acknowledged. */
export async function expectUnharmed(served: Served, ledger: Ledger): Promise<void> {
  expect(served.isAlive).toBe(true);
  for (const number of [1, 2]) expect(await sendExport(served.httpPort, nextExport(number, 2), ledger)).toBe(200);
  expect(await notStoredOnce(served, ledger.entries())).toEqual([]);
  expect(checkStore(served.dataDirectory)).toEqual([]);
}

/** A folder with a ledger in it, both of which go when the test ends. */
export function newLedger(): { folder: string; ledger: Ledger } {
  const { folder, remove } = temporaryFolder();
  const ledger = new Ledger(folder);
  onTestFinished(() => {
    ledger.close();
    remove();
  });
  return { folder, ledger };
}
