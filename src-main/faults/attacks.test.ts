import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { callRaw, frame, grpcPath, json, protobuf, send } from '#main/receive/wire.fixture';
import { callHead, endHeaders, http2Frame, literal, preface, setting } from './http2-frames.fixture.ts';
import { expectUnharmed, Ledger, nextExport, sendExport } from './ledger.fixture.ts';
import { Served, temporaryFolder } from './served.fixture.ts';
import { newTraceId, spanOf, spansRequest } from './telemetry.fixture.ts';

/** Section 3C on a whole process: while it is attacked, others are acknowledged; afterwards it is as if nothing had been. What each attack is answered with is in `receive/abuse.test.ts`. */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const mebibyte = 2 ** 20;
/** What an attack may add while it goes on: the byte budget of 128 MiB, and what decoding the largest payload takes. */
const mostMemoryBytes = 512 * mebibyte;

const { folder, remove } = temporaryFolder();
const ledger = new Ledger(folder);
let served: Served;

beforeAll(async () => {
  served = await new Served(`${folder}/data`).ready();
});

/** Linux alone says how much memory a process has had. */
const countsMemory = process.platform === 'linux';
let memoryBefore = 0;

beforeEach(() => {
  if (!countsMemory) return;
  memoryBefore = served.residentBytes;
  served.forgetPeak();
});

afterEach(async () => {
  expectMemoryBounded();
  await expectUnharmed(served, ledger);
});

function expectMemoryBounded(): void {
  if (countsMemory) expect(served.peakBytes - memoryBefore).toBeLessThan(mostMemoryBytes);
}

afterAll(async () => {
  await served.kill();
  ledger.close();
  remove();
});

/** An exporter that sends as fast as it is answered while `attack` goes on, and tries again what it is told to. */
async function whileOthersSend<Result>(attack: Promise<Result>): Promise<{ result: Result; acknowledged: number }> {
  const state = { over: false };
  const attacked = attack.finally(() => {
    state.over = true;
  });
  let acknowledged = 0;
  while (!state.over || acknowledged === 0) {
    const next = nextExport(acknowledged, 2);
    let status = await sendExport(served.httpPort, next, ledger);
    while (status === 503) status = await sendExport(served.httpPort, next, ledger);
    expect(status).toBe(200);
    acknowledged += 1;
  }
  return { result: await attacked, acknowledged };
}

describe('bombs of JSON', () => {
  const filled = (bait: string): Buffer => Buffer.alloc(64 * mebibyte, bait);
  it.each<[string, () => Buffer, [traces: number, logs: number]]>([
    ['64 MiB of [', () => filled('['), [400, 400]],
    ['64 MiB of {"a":', () => filled('{"a":'), [400, 400]],
    ['a number of a million digits', () => Buffer.from(`{"resourceSpans":${'1'.repeat(1_000_000)}}`), [400, 200]],
    [
      'a string of 60 MB',
      () => Buffer.from(JSON.stringify(spansRequest([spanOf(newTraceId(), 0, { name: 'x'.repeat(60_000_000) })]))),
      [200, 200],
    ],
    [
      'a million unknown fields',
      () => Buffer.from(`{${Array.from({ length: 1_000_000 }, (_, number) => `"f${number}":0`).join()}}`),
      [200, 200],
    ],
    [
      'ten million tiny attributes',
      () => Buffer.from(`{"resourceSpans":[{"resource":{"attributes":[${'{},'.repeat(10_000_000)}{}]}}]}`),
      [400, 400],
    ],
  ])('%s', async (_, make, expected) => {
    const { result: answers } = await whileOthersSend(
      Promise.all(['/v1/traces', '/v1/logs'].map((path) => sendPatiently({ path, headers: json, body: make() }))),
    );
    expect(answers).toEqual(expected);
  });
});

/** Until it is no longer told to come back. */
async function sendPatiently(question: Parameters<typeof send>[1]): Promise<number> {
  for (;;) {
    const { status } = await send(served.httpPort, question);
    if (status !== 503) return status;
  }
}

describe('compression', () => {
  it('20 bombs of 256 MiB at a time stop at the limit', async () => {
    const zeros = Buffer.alloc(256 * mebibyte);
    const bombs = { gzip: gzipSync(zeros), zstd: zstdCompressSync(zeros, { params: { [constants.ZSTD_c_compressionLevel]: 3 } }) };
    const attack = Array.from({ length: 10 }, (_, number) => {
      const encoding = number % 2 === 0 ? 'gzip' : 'zstd';
      return [
        send(served.httpPort, { headers: { ...protobuf, 'content-encoding': encoding }, body: bombs[encoding] }).then(
          ({ status }) => status,
        ),
        callRaw(served.grpcPort, grpcPath.traces, frame(bombs.gzip, { compressed: true }), { 'grpc-encoding': 'gzip' }).then(
          ({ status }) => status,
        ),
      ];
    });
    const { result: statuses } = await whileOthersSend(Promise.all(attack.flat()));
    // Too large, or no room for it just now.
    expect(new Set([413, 503, 8, 14, ...statuses])).toEqual(new Set([413, 503, 8, 14]));
    expect(statuses.some((status) => status === 413 || status === 8)).toBe(true);
  });

  it('gzip in gzip is not looked into, and a hundred thousand empty members are nothing', async () => {
    const gzip = { ...protobuf, 'content-encoding': 'gzip' };
    const nested = gzipSync(gzipSync(Buffer.alloc(10 * mebibyte)));
    expect((await send(served.httpPort, { headers: gzip, body: nested })).status).toBe(400);
    const members = Buffer.concat(Array<Buffer>(100_000).fill(gzipSync(Buffer.alloc(0))));
    const { result } = await whileOthersSend(send(served.httpPort, { headers: gzip, body: members }));
    expect(result.status).toBe(200);
  });
});

/** Sockets that stay as they are until they are let go. */
async function connections(
  count: number,
  port: number,
  write?: (socket: net.Socket) => void,
): Promise<{ open: () => number; letGo: () => Promise<void> }> {
  const sockets = Array.from({ length: count }, () => net.connect(port, '127.0.0.1'));
  const closed = sockets.map(
    (socket) => new Promise<void>((resolve) => socket.on('error', () => socket.destroy()).once('close', () => resolve())),
  );
  await Promise.all(sockets.map((socket, index) => Promise.race([once(socket, 'connect'), closed[index]]).catch(() => undefined)));
  for (const socket of sockets) write?.(socket);
  return {
    open: () => sockets.filter((socket) => !socket.destroyed).length,
    async letGo() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

describe('slow clients', () => {
  it('300 that hold on to a head, a body or their answers keep nobody waiting', async () => {
    const head = 'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
    const kinds: ((socket: net.Socket) => void)[] = [
      (socket) => socket.write(head),
      (socket) => socket.write(`${head}Content-Length: ${64 * mebibyte}\r\n\r\n{`),
      (socket) => socket.pause().write(`${head}Content-Length: 2\r\n\r\n{}`.repeat(50)),
    ];
    const attackers = await Promise.all(kinds.map((write) => connections(100, served.httpPort, write)));
    await whileOthersSend(served.status());
    for (let number = 0; number < 50; number += 1) expect(await sendExport(served.httpPort, nextExport(number, 2), ledger)).toBe(200);
    expect(attackers.map(({ open }) => open())).toEqual([100, 100, 100]);
    await Promise.all(attackers.map(({ letGo }) => letGo()));
  });

  it('5,000 idle connections leave those that are there alone, and go away without a trace', async ({ skip }) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const exportOn = (): Promise<number> => send(served.httpPort, { headers: json, body: '{}', agent }).then(({ status }) => status);
    expect(await exportOn()).toBe(200);
    const idle = await connections(5000, served.httpPort).catch((error: unknown) => String(error));
    if (typeof idle === 'string') return skip(`Too few file descriptors: ${idle}`);
    expect(await exportOn()).toBe(200);
    expect((await served.status()).receivers.map(({ state }) => state)).toEqual(['listening', 'listening']);
    await idle.letGo();
    agent.destroy();
    await vi.waitFor(async () => expect((await send(served.httpPort, { headers: json, body: '{}' })).status).toBe(200));
  });
});

describe('floods of HTTP/2', () => {
  const head = callHead(grpcPath.traces);
  const streams = (count: number): number[] => Array.from({ length: count }, (_, index) => 2 * index + 1);
  it.each<[string, () => Buffer[]]>([
    ['100,000 PINGs', () => Array<Buffer>(100_000).fill(http2Frame('ping', { payload: Buffer.alloc(8) }))],
    ['100,000 SETTINGS', () => Array<Buffer>(100_000).fill(setting(4, 65_535))],
    [
      'a head of 100,000 CONTINUATIONs',
      () => [
        http2Frame('headers', { stream: 1, payload: head }),
        ...Array<Buffer>(100_000).fill(http2Frame('continuation', { stream: 1, payload: literal('x', 'y'.repeat(100)) })),
      ],
    ],
    [
      '50,000 calls that are reset at once',
      () =>
        streams(50_000).flatMap((stream) => [
          http2Frame('headers', { flags: endHeaders, stream, payload: head }),
          http2Frame('reset', { stream, payload: Buffer.from([0, 0, 0, 8]) }),
        ]),
    ],
    [
      'answers that a window of 0 keeps waiting',
      () => [setting(4, 0), ...streams(5000).map((stream) => http2Frame('headers', { flags: endHeaders | 1, stream, payload: head }))],
    ],
    ['100,000 WINDOW_UPDATEs', () => Array<Buffer>(100_000).fill(http2Frame('windowUpdate', { payload: Buffer.from([0, 0, 0, 1]) }))],
  ])('%s', async (_, frames) => {
    const { acknowledged } = await whileOthersSend(flood(Buffer.concat([preface, http2Frame('settings'), ...frames()])));
    expect(acknowledged).toBeGreaterThan(0);
  });

  /** Sends all of it, reading nothing, or as much as is taken before the other side has had enough. */
  async function flood(bytes: Buffer): Promise<void> {
    const socket = net.connect(served.grpcPort, '127.0.0.1').pause();
    const closed = new Promise<void>((resolve) => socket.on('error', () => socket.destroy()).once('close', () => resolve()));
    const written = new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    // A side that reads no more, because nobody reads its answers, has stopped the flood, too.
    const stalled = new Promise<void>((resolve) => socket.setTimeout(1000, resolve));
    await Promise.race([closed, written, stalled]);
    socket.destroy();
    await closed;
  }
});
