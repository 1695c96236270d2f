import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { LogPage, TracePage, TraceSpans } from '#proto/bridge/shapes';
import { decodeLogs, decodeTraces } from '#main/decode/decode';
import { callRaw, frame, grpcPath, json, protobuf, send } from '#main/receive/wire.fixture';
import { damagedPayloads, type Signal } from './fuzz.fixture.ts';
import type { FuzzReport, FuzzRun } from './fuzz-worker.fixture.ts';
import { expectUnharmed, Ledger } from './ledger.fixture.ts';
import { Served, temporaryFolder } from './served.fixture.ts';

/** Section 3C, "malformed protobuf fuzz": damaged payloads are taken or refused, in bounded time and memory, and what is taken can be read. SIDELIGHT_FUZZ_ROUNDS=1000000 for a long run. */

const rounds = Number(process.env['SIDELIGHT_FUZZ_ROUNDS'] ?? 100_000);
const seed = Number(process.env['SIDELIGHT_FUZZ_SEED'] ?? 1);
/** A thousand payloads take a tenth of a second. */
const stuckMs = 60_000;
const memoryLimitMb = 256;
const kinds = (['traces', 'logs'] as const).flatMap((signal) => (['protobuf', 'json'] as const).map((encoding) => ({ signal, encoding })));

describe('the readers', () => {
  it.each(kinds)(
    'take $signal in $encoding, or refuse them',
    async (kind) => {
      const { admitted, refused } = await fuzz({ ...kind, seed, count: Math.ceil(rounds / kinds.length) });
      // Damage that everything or nothing survives would show nothing.
      expect(admitted).toBeGreaterThan(rounds / 50);
      expect(refused).toBeGreaterThan(rounds / 50);
    },
    rounds * 10,
  );
});

function fuzz(run: FuzzRun): Promise<Extract<FuzzReport, { kind: 'done' }>> {
  const worker = new Worker(new URL('fuzz-worker.fixture.ts', import.meta.url), {
    workerData: run,
    resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
  });
  onTestFinished(async () => void (await worker.terminate()));
  return new Promise((resolve, reject) => {
    const stuck = setTimeout(() => reject(new Error(`It has been stuck for ${stuckMs / 1000} s.`)), stuckMs);
    worker.on('message', (report: FuzzReport) => {
      stuck.refresh();
      if (report.kind === 'done') resolve(report);
      if (report.kind === 'failed') reject(new Error(`${report.error}\nof the payload ${report.payload}`));
    });
    worker.on('error', reject);
    worker.on('exit', () => clearTimeout(stuck));
  });
}

describe('over sockets', () => {
  const { folder, remove } = temporaryFolder();
  const ledger = new Ledger(folder);
  let served: Served;
  beforeAll(async () => {
    served = await new Served(`${folder}/data`).ready();
  }, 120_000);
  afterAll(async () => {
    await served.kill();
    ledger.close();
    remove();
  });

  it('1,000 are answered with 200 or 400, and all that was taken is there', async () => {
    const spans = new Set<string>();
    let logs = 0;
    let taken = 0;
    for (const kind of kinds) {
      const payloads = new Map(
        [...damagedPayloads(kind.signal, kind.encoding, seed + 1, 250)].map((bytes) => [bytes.toString('base64'), bytes]),
      );
      for (const payload of payloads.values()) {
        const status = await answerTo(kind.signal, kind.encoding, payload);
        expect([200, 400]).toContain(status);
        if (status !== 200) continue;
        taken += 1;
        if (kind.signal === 'logs') logs += decodeLogs(payload, kind.encoding).groups.reduce((sum, { items }) => sum + items.length, 0);
        else
          for (const { items } of decodeTraces(payload, kind.encoding).groups)
            for (const span of items) spans.add(`${span.traceId} ${span.spanId}`);
      }
    }
    expect(taken).toBeGreaterThan(100);
    expect(new Set(await storedSpans())).toEqual(spans);
    expect(await storedLogs()).toBe(logs);
    await expectUnharmed(served, ledger);
  }, 120_000);

  /** Protobuf over HTTP and over gRPC by turns. */
  let turn = 0;
  async function answerTo(signal: Signal, encoding: 'protobuf' | 'json', payload: Uint8Array): Promise<number> {
    turn += 1;
    if (encoding === 'json' || turn % 2 === 0)
      return (await send(served.httpPort, { path: `/v1/${signal}`, headers: encoding === 'json' ? json : protobuf, body: payload })).status;
    const { status } = await callRaw(served.grpcPort, grpcPath[signal], frame(payload));
    return { 0: 200, 3: 400 }[status] ?? status;
  }

  async function storedSpans(): Promise<string[]> {
    const { items } = await served.ask<TracePage>('/traces?limit=1000');
    const traces = await Promise.all(items.map(({ traceId }) => served.ask<TraceSpans>(`/traces/${traceId}`)));
    await Promise.all(items.map(({ traceId }) => served.ask(`/traces/${traceId}/structure`)));
    return traces.flatMap(({ traceId, spans }) => spans.map(({ spanId }) => `${traceId} ${spanId}`));
  }

  async function storedLogs(): Promise<number> {
    let count = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page: LogPage = await served.ask<LogPage>(`/logs?limit=1000${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      count += page.items.length;
      cursor = page.nextCursor;
    }
    return count;
  }
});
