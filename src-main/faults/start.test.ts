import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { closeServer, listenOnLoopback } from '#main/base/listen-on-loopback';
import { json, send } from '#main/receive/wire.fixture';
import { expectUnharmed, newLedger, nextExport, notStoredOnce, sendExport } from './ledger.fixture.ts';
import { Served, type ServeOptions } from './served.fixture.ts';
import { attribute } from './telemetry.fixture.ts';

/** Section 3A: what a process may find when it starts, or have pulled from under it, and what it says then. What the store makes of damaged files is in `store/write/open.test.ts`. */

vi.setConfig({ testTimeout: 120_000 });

async function serve(directory: string, options?: ServeOptions): Promise<Served> {
  const served = await new Served(directory, options).ready();
  onTestFinished(() => served.kill());
  return served;
}

/** The port of a program that is not ours. */
async function takenPort(): Promise<number> {
  const { port, servers } = await listenOnLoopback(0, createServer);
  onTestFinished(async () => void (await Promise.all(servers.map(closeServer))));
  return port;
}

describe('a data directory that may not be written', () => {
  it('is said in one line, and nothing is left running', async () => {
    const { folder } = newLedger();
    const directory = path.join(folder, 'read-only');
    mkdirSync(directory);
    chmodSync(folder, 0o755);
    chmodSync(directory, 0o555);
    // Nothing is read-only for root.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const { code, stderr } = await new Served(directory, nobody).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^sidelight: [^\n]*(?:permission|read-only|readonly|may not|cannot)[^\n]*\n$/i);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('ports that are taken', () => {
  it.each([
    ['that of HTTP', { grpc: 'listening', http: 'port-taken' }],
    ['both', { grpc: 'port-taken', http: 'port-taken' }],
  ] as const)('%s: it runs, says which, and takes telemetry where it is told to', async (_, states) => {
    const { folder, ledger } = newLedger();
    const ports = { httpPort: await takenPort(), ...(states.grpc === 'port-taken' && { grpcPort: await takenPort() }) };
    const served = await serve(`${folder}/data`, ports);
    const { receivers } = await served.status();
    expect(Object.fromEntries(receivers.map(({ protocol, state }) => [protocol, state]))).toEqual(states);
    const http = receivers.find(({ protocol }) => protocol === 'http');
    expect(http?.message).toContain(`Port ${ports.httpPort} is taken`);
    const moved = await served.moveReceiver('http', http?.freePort ?? 0);
    expect(await sendExport(moved.port, nextExport(0, 3), ledger)).toBe(200);
    expect(await notStoredOnce(served, ledger.entries())).toEqual([]);
  });
});

describe('a store of a preview', () => {
  it('is moved aside whole, said in words, and a new one is begun', async () => {
    const { folder, ledger } = newLedger();
    const directory = `${folder}/data`;
    mkdirSync(directory);
    const file = path.join(directory, 'sidelight.db');
    const preview = new Database(file);
    preview.exec('PRAGMA application_id = 0x53644c74; CREATE TABLE span (name TEXT); PRAGMA user_version = 1');
    preview.close();
    const bytes = readFileSync(file);
    const served = await serve(directory);
    expect((await served.status()).notices).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('preview of Sidelight') },
    ]);
    const aside = readdirSync(directory).find((name) => name.startsWith('sidelight.db.preview-')) ?? '';
    expect(readFileSync(path.join(directory, aside)).equals(bytes)).toBe(true);
    await expectUnharmed(served, ledger);
  });
});

describe('a data directory that is deleted while it is in use', () => {
  it('is told to clients and people, and a new start begins anew', async () => {
    const { folder } = newLedger();
    const directory = `${folder}/data`;
    const served = await serve(directory);
    rmSync(directory, { recursive: true });
    expect((await send(served.httpPort, { headers: json, body: nextExport(0, 3).body })).status).toBe(503);
    expect((await served.status()).notices).toMatchObject([{ id: 'store-unavailable', severity: 'error' }]);
    await served.stop();
    const { ledger } = newLedger();
    await expectUnharmed(await serve(directory), ledger);
  });
});

describe('a clock that is set back', () => {
  it('changes nothing in what is dropped first: what came first', async () => {
    const { folder, ledger } = newLedger();
    const maxStoredBytes = 3e6;
    const options = { maxStoredBytes };
    const noise = () => ({
      attributes: [attribute('noise', Array.from({ length: 3000 }, () => Math.random().toString(36).slice(2)).join(''))],
    });
    const ahead = await serve(`${folder}/data`, { ...options, clockAheadMs: 86_400_000 });
    for (let number = 0; number < 40; number += 2)
      expect(await sendExport(ahead.httpPort, nextExport(number * 3, 2, noise()), ledger)).toBe(200);
    const future = BigInt(Date.now() + 80_000_000) * 1_000_000n;
    const { items } = await ahead.ask<{ items: { receivedTimeUnixNano: string }[] }>('/traces?limit=1');
    expect(BigInt(items[0]?.receivedTimeUnixNano ?? 0)).toBeGreaterThan(future);
    expect(await ahead.stop()).toBe(0);

    const back = await serve(`${folder}/data`, options);
    for (let number = 0; number < 200; number += 2)
      expect(await sendExport(back.httpPort, nextExport(number * 3, 2, noise()), ledger)).toBe(200);
    const entries = ledger.entries();
    const gone = await notStoredOnce(back, entries);
    expect(gone.length).toBeGreaterThan(0);
    expect(gone).toEqual(entries.slice(0, gone.length).map((entry) => ({ ...entry, there: 0 })));
    const newest = await back.ask<{ items: { traceId: string }[] }>('/traces?limit=1');
    expect(newest.items[0]?.traceId).toBe(entries.at(-1)?.id);
  });
});
