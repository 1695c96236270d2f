import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { toProtobuf } from '#main/decode/fixtures/encode';
import { checkStore } from '#main/store/write/check';
import { callRaw, frame, grpcPath, json, send } from '#main/receive/wire.fixture';
import { type Entry, expectUnharmed, type Export, newLedger, nextExport, notStoredOnce, sendExport } from './ledger.fixture.ts';
import { Served, type ServeOptions } from './served.fixture.ts';
import { attribute, newTraceId, spansRequest, traceOf } from './telemetry.fixture.ts';

/** Section 3A, "disk full" and "quota/cap", on a whole process. */

vi.setConfig({ testTimeout: 120_000 });

const mebibyte = 2 ** 20;

async function serve(directory: string, options?: ServeOptions): Promise<Served> {
  const served = await new Served(directory, options).ready();
  onTestFinished(() => served.kill());
  return served;
}

/** A file system of its own; `undefined` where this user may not mount one. */
function smallDisk(mebibytes: number): string | undefined {
  const disk = mkdtempSync(path.join(tmpdir(), 'sidelight-disk-'));
  onTestFinished(() => rmSync(disk, { recursive: true, force: true }));
  if (process.platform !== 'linux' || spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', disk]).status !== 0)
    return undefined;
  onTestFinished(() => void spawnSync('umount', ['-l', disk]));
  return disk;
}

/** Takes what is left of a disk, a file a mebibyte and then a file a page; gives it back with what it returns. */
function fill(disk: string): () => void {
  const files: string[] = [];
  for (const size of [mebibyte, 4096]) {
    for (let full = false; !full;) {
      const file = path.join(disk, `hog ${randomBytes(8).toString('hex')}`);
      files.push(file);
      try {
        writeFileSync(file, Buffer.alloc(size, 1));
      } catch (error) {
        if (!String(error).includes('ENOSPC')) throw error;
        full = true;
      }
    }
  }
  return () => files.forEach((file) => rmSync(file, { force: true }));
}

/** Text that hardly compresses. */
const noise = (bytes: number) => ({ attributes: [attribute('noise', randomBytes((bytes * 3) / 4).toString('base64'))] });

/** A request of one span a mebibyte, each with noise of its own. */
function noisyExport(spans: number, bytes: number): Export {
  const id = newTraceId();
  const request = spansRequest(traceOf(id, spans).map((span) => ({ ...span, ...noise(bytes) })));
  return { entry: { kind: 'trace', id, spans }, path: '/v1/traces', body: Buffer.from(JSON.stringify(request)) };
}

/** That only the oldest traces of what was acknowledged are gone, and those whole. Gives how many. */
async function expectOldestGone(served: Served, entries: readonly Entry[]): Promise<number> {
  const gone = await notStoredOnce(served, entries);
  expect(gone).toEqual(entries.slice(0, gone.length).map((entry) => ({ ...entry, there: 0 })));
  return gone.length;
}

describe('a disk that is full', () => {
  it('is answered with "try again", told, and over by itself when there is room, without a restart', async ({ skip }) => {
    const disk = smallDisk(48);
    if (disk === undefined) return skip('This needs the right to mount a file system.');
    const { ledger } = newLedger();
    const served = await serve(path.join(disk, 'data'));
    for (let number = 0; number < 30; number += 1) expect(await sendExport(served.httpPort, nextExport(number, 3), ledger)).toBe(200);

    const releases = [fill(disk)];
    let refused: Export | undefined;
    for (let tries = 0; tries < 200 && refused === undefined; tries += 1) {
      const next = noisyExport(10, 20_000);
      if ((await sendExport(served.httpPort, next, ledger)) === 503) refused = next;
      releases.push(fill(disk));
    }
    expect(refused).toBeDefined();
    expect(await refusals(served, disk, releases)).toEqual({ http: '1', grpc: 14 });
    expect((await served.status()).notices).toMatchObject([
      { id: 'store-unavailable', severity: 'error', message: expect.stringContaining('disk is full') },
    ]);

    for (const release of releases) release();
    if (refused !== undefined) expect(await sendExport(served.httpPort, refused, ledger)).toBe(200);
    expect((await served.status()).notices).toEqual([]);
    await expectUnharmed(served, ledger);
  });

  /** What clients are told while nothing can be stored: when to come back, in either protocol. What was given up for them is taken away again. */
  async function refusals(served: Served, disk: string, releases: (() => void)[]): Promise<{ http: unknown; grpc: number }> {
    let http: unknown;
    let grpc = 0;
    for (let tries = 0; tries < 50 && (http === undefined || grpc === 0); tries += 1) {
      releases.push(fill(disk));
      const { status, headers } = await send(served.httpPort, { headers: json, body: noisyExport(10, 20_000).body });
      if (status === 503) http = headers['retry-after'];
      releases.push(fill(disk));
      const message = toProtobuf('traces', spansRequest(traceOf(newTraceId(), 10).map((span) => ({ ...span, ...noise(20_000) }))));
      ({ status: grpc } = await callRaw(served.grpcPort, grpcPath.traces, frame(message)));
    }
    return { http, grpc };
  }
});

describe('a cap', () => {
  /** What may come between two looks at the size: a group of requests is committed at once (8 MiB), and the log is carried over before the next. */
  const allowanceBytes = 8 * mebibyte;

  it('of 20 MB holds while 100 MB come in, and the oldest traces go, whole', async () => {
    const { folder, ledger } = newLedger();
    const maxStoredBytes = 20e6;
    const served = await serve(`${folder}/data`, { maxStoredBytes });
    const sizes: number[] = [];
    let sent = 0;
    while (sent < 100e6) {
      const next = sizes.length % 4 === 0 ? noisyExport(300, 300) : noisyExport(10, 100_000);
      expect(await sendExport(served.httpPort, next, ledger)).toBe(200);
      sent += next.body.length;
      sizes.push(
        ['sidelight.db', 'sidelight.db-wal'].reduce(
          (sum, name) => sum + (statSync(`${folder}/data/${name}`, { throwIfNoEntry: false })?.size ?? 0),
          0,
        ),
      );
    }
    expect(Math.max(...sizes)).toBeLessThan(maxStoredBytes * 1.1 + allowanceBytes);
    const entries = ledger.entries();
    const gone = await expectOldestGone(served, entries);
    expect(gone).toBeGreaterThan(0);
    expect(gone).toBeLessThan(entries.length - 1);
    expect(checkStore(served.dataDirectory)).toEqual([]);
  });
});
