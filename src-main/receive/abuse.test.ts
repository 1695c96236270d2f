import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { maxConnections } from './limits.ts';
import { recording, type Recording, start, testPayloadLimit } from './receivers.fixture.ts';
import { callRaw, frame, grpcPath, json, protobuf, send, sendRaw } from './wire.fixture.ts';

/** Section 3C: whatever a client does, the next one is served, and no byte of the budget is lost. An uncaught error of the receiver fails the run by itself. */

const payload = Buffer.from('{}');
const httpHead = 'POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';

/** The statuses of one more export over each protocol, once every byte of the budget is back. */
async function nextAnswers({ requests, expectBudgetWhole }: Recording, ports: { http?: number; grpc?: number }): Promise<number[]> {
  await vi.waitFor(expectBudgetWhole);
  const before = requests.length;
  const overHttp = ports.http === undefined ? [] : [(await send(ports.http, { headers: json, body: payload })).status];
  const overGrpc = ports.grpc === undefined ? [] : [(await callRaw(ports.grpc, grpcPath.traces, frame(payload))).status];
  expect(requests.length - before).toBe(overHttp.length + overGrpc.length);
  return [...overHttp, ...overGrpc];
}

describe('bytes that are not the protocol', () => {
  const tlsHello = Buffer.from('16030100c8010000c40303', 'hex');
  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
  it.each<[string, string | Uint8Array]>([
    ['a TLS handshake', tlsHello],
    ['an HTTP/2 preface', preface],
    ['an HTTP/2 preface and a frame that lies', Buffer.concat([Buffer.from(preface), Buffer.from('ffffff0400000000000000', 'hex')])],
    ['noise', randomBytes(4096)],
    ['an endless header', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(100_000)}`],
    ['an endless URL', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n`],
    ['two lengths', `${httpHead}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
    ['a length and chunks', `${httpHead}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a negative length', `${httpHead}Content-Length: -2\r\n\r\n{}`],
    ['a chunk that lies', `${httpHead}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}`],
    ['HTTP/0.9', 'GET /v1/traces\r\n\r\n'],
    ['CONNECT', 'CONNECT localhost:1 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('%s', async (_, bytes) => {
    const recorded = recording();
    const { port } = await start(recorded.options);
    const socket = net.connect(port, '127.0.0.1');
    const ended = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());
    socket.end(bytes);
    await ended;
    expect(recorded.requests).toHaveLength(0);
    expect(await nextAnswers(recorded, { http: port, grpc: port })).toEqual([200, 0]);
  });

  it.each([
    ['Expect: 100-continue', `${httpHead}Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`],
    [
      'an absolute URL',
      `${httpHead.replace('/v1/traces', 'http://localhost:1/v1/traces')}Content-Length: 2\r\nConnection: close\r\n\r\n{}`,
    ],
    ['an Upgrade that is not wanted', `${httpHead}Upgrade: websocket\r\nConnection: upgrade, close\r\nContent-Length: 2\r\n\r\n{}`],
  ])('%s is served', async (_, bytes) => {
    const recorded = recording();
    const { port } = await start(recorded.options);
    expect(await sendRaw(port, bytes)).toContain('HTTP/1.1 200 OK');
    expect(recorded.requests).toHaveLength(1);
  });
});

describe('clients that break off', () => {
  it.each(['identity', 'gzip'])('an HTTP upload, %s', async (encoding) => {
    const recorded = recording();
    const { port } = await start(recorded.options);
    const body = gzipSync(randomBytes(testPayloadLimit / 2)).subarray(0, testPayloadLimit / 4);
    for (let i = 0; i < 10; i++) {
      const headers = { ...json, 'content-encoding': encoding, 'content-length': testPayloadLimit / 2 };
      const request = http.request({ port, host: '127.0.0.1', path: '/v1/traces', method: 'POST', headers });
      const failed = once(request, 'error');
      request.write(body, () => request.destroy(new Error('client went away')));
      await failed.catch(() => undefined);
    }
    expect(recorded.requests).toHaveLength(0);
    expect(await nextAnswers(recorded, { http: port })).toEqual([200]);
  });

  it('a gRPC upload', async () => {
    const recorded = recording();
    const { port } = await start(recorded.options);
    for (let i = 0; i < 10; i++) {
      const session = http2.connect(`http://127.0.0.1:${port}`);
      const stream = session.request({ ':method': 'POST', ':path': grpcPath.traces, 'content-type': 'application/grpc' });
      stream.write(frame(Buffer.alloc(1000), { length: testPayloadLimit }));
      await once(session, 'remoteSettings');
      const closed = once(session, 'close');
      session.destroy();
      await closed;
    }
    expect(recorded.requests).toHaveLength(0);
    expect(await nextAnswers(recorded, { grpc: port })).toEqual([0]);
  });

  it('while their export is being stored', async () => {
    const commit = Promise.withResolvers<void>();
    const arrivals = Array.from({ length: 2 }, () => Promise.withResolvers<void>());
    let arrived = 0;
    const recorded = recording(async () => {
      arrivals[arrived++]?.resolve();
      await commit.promise;
      return { kind: 'accepted', rejected: 0, message: '' };
    });
    const { port } = await start(recorded.options);
    const socket = net.connect(port, '127.0.0.1');
    socket.write(`${httpHead}Content-Length: 2\r\n\r\n{}`);
    await arrivals[0]?.promise;
    socket.destroy();
    const session = http2.connect(`http://127.0.0.1:${port}`);
    session.request({ ':method': 'POST', ':path': grpcPath.traces, 'content-type': 'application/grpc' }).end(frame(payload));
    await arrivals[1]?.promise;
    session.destroy();
    expect(recorded.expectBudgetWhole).toThrow('not given back');
    commit.resolve();
    await vi.waitFor(recorded.expectBudgetWhole);
    expect(await nextAnswers(recorded, { http: port, grpc: port })).toEqual([200, 0]);
  });

  it('a flood of streams that are reset at once', async () => {
    const recorded = recording();
    const { port } = await start(recorded.options);
    const session = http2.connect(`http://127.0.0.1:${port}`);
    session.on('error', () => session.destroy());
    await once(session, 'remoteSettings');
    for (let i = 0; i < 5000 && !session.destroyed; i++) {
      const stream = session.request({ ':method': 'POST', ':path': grpcPath.traces, 'content-type': 'application/grpc' });
      stream.on('error', () => stream.destroy());
      stream.close(http2.constants.NGHTTP2_CANCEL);
      if (i % 100 === 0) await new Promise(setImmediate);
    }
    session.destroy();
    expect(await nextAnswers(recorded, { grpc: port })).toEqual([0]);
  });
});

describe('clients that want too much', () => {
  it('40 concurrent uploads of the largest size: what has room is stored, the rest is told to come back', async () => {
    const recorded = recording(async () => {
      await new Promise(setImmediate);
      return { kind: 'accepted', rejected: 0, message: '' };
    });
    const { port } = await start(recorded.options);
    const body = Buffer.alloc(testPayloadLimit, 'x');
    const zipped = gzipSync(body);
    const overHttp = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        send(port, i % 2 === 0 ? { headers: protobuf, body } : { headers: { ...protobuf, 'content-encoding': 'gzip' }, body: zipped }),
      ),
    );
    const overGrpc = await Promise.all(Array.from({ length: 20 }, () => callRaw(port, grpcPath.traces, frame(body))));
    expect(new Set([...overHttp.map(({ status }) => status), 200, 503])).toEqual(new Set([200, 503]));
    expect(new Set([...overGrpc.map(({ status }) => status), 0, 14])).toEqual(new Set([0, 14]));
    const stored = overHttp.filter(({ status }) => status === 200).length + overGrpc.filter(({ status }) => status === 0).length;
    expect(recorded.requests).toHaveLength(stored);
    expect(stored).toBeGreaterThan(0);
    expect(await nextAnswers(recorded, { http: port, grpc: port })).toEqual([200, 0]);
  });

  it('more connections than there may be: the ones too many are closed, and it goes on when there is room', async () => {
    const recorded = recording();
    const { port } = await start(recorded.options);
    const sockets = Array.from({ length: maxConnections }, () => net.connect(port, '127.0.0.1'));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const oneTooMany = net.connect(port, '127.0.0.1');
    const closed = new Promise((resolve) => oneTooMany.on('error', resolve).on('close', resolve).resume());
    await closed;
    const gone = sockets.map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.destroy();
    await Promise.all(gone);
    const answers = vi.waitFor(() => nextAnswers(recorded, { http: port, grpc: port }));
    expect(await answers).toEqual([200, 0]);
  });

  it('a client that never reads its answers', async () => {
    const recorded = recording({ kind: 'bad-data', message: 'x'.repeat(100_000) });
    const { port } = await start(recorded.options);
    const socket = net.connect(port, '127.0.0.1').pause();
    for (let i = 0; i < 200; i++) socket.write(`${httpHead}Content-Length: 2\r\n\r\n{}`);
    await vi.waitFor(() => expect(recorded.requests.length).toBeGreaterThan(100));
    socket.destroy();
    expect((await send(port, { headers: json, body: payload })).status).toBe(400);
    await vi.waitFor(recorded.expectBudgetWhole);
  });
});
