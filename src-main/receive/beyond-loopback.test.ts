import { networkInterfaces } from 'node:os';
import http2 from 'node:http2';
import { status as grpcCode } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import type { Receiver } from './interface.ts';
import { recording, type Recording, start } from './receivers.fixture.ts';
import { readStatus } from './status.fixture.ts';
import { callOn, callRaw, frame, type GrpcAnswer, grpcPath, json, protobuf, send } from './wire.fixture.ts';

/** Every address of 127.0.0.0/8 is this machine's on Linux, so that one of them can stand for a bridge. */
const bridge = '127.0.0.2';
const token = 'a-token-that-nobody-guesses';
const bearer = { authorization: `Bearer ${token}` };
const asked = { addresses: [bridge], token };

async function listen(): Promise<Recording & { receiver: Receiver; port: number }> {
  const recorded = recording();
  const receiver = await start({ ...recorded.options, beyondLoopback: asked });
  return { ...recorded, receiver, port: receiver.port };
}

async function callBridge(port: number, headers: http2.OutgoingHttpHeaders): Promise<GrpcAnswer> {
  const session = http2.connect(`http://${bridge}:${port}`);
  session.on('error', () => session.destroy());
  try {
    return await callOn(session, grpcPath.traces, frame(Buffer.from([1])), headers);
  } finally {
    session.destroy();
  }
}

describe.skipIf(process.platform !== 'linux')('an address that was asked for', () => {
  it('takes HTTP with the token, under whatever name', async () => {
    const { port, requests } = await listen();
    const names = [`${bridge}:${port}`, `host.docker.internal:${port}`, `sidelight.test:${port}`];
    for (const host of names) {
      const { status } = await send(port, { host: bridge, headers: { ...json, ...bearer, host }, body: '{"resourceSpans":[]}' });
      expect(status).toBe(200);
    }
    expect(requests).toHaveLength(names.length);
  });

  it.each([
    ['none', {}, 'no Authorization header'],
    ['another', { authorization: 'Bearer another' }, 'an Authorization header with another token'],
    ['an empty one', { authorization: 'Bearer ' }, 'an Authorization header with another token'],
    ['the token in another scheme', { authorization: `Basic ${token}` }, 'an Authorization header with another token'],
  ])('refuses HTTP with %s as 401, and does not read it', async (_, headers, detail) => {
    const { port, requests, mistakes } = await listen();
    const answer = await send(port, { host: bridge, headers: { ...protobuf, ...headers }, body: Buffer.from([1]) });
    expect([answer.status, answer.headers['www-authenticate'], answer.headers['retry-after']]).toEqual([401, 'Bearer', undefined]);
    expect(readStatus(answer.body)).toMatchObject({ code: grpcCode.UNAUTHENTICATED });
    expect(requests).toEqual([]);
    expect(mistakes).toEqual([{ kind: 'token-missing', port, userAgent: '', detail }]);
  });

  it('never says a token again, also not a wrong one', async () => {
    const { port, mistakes } = await listen();
    const answer = await send(port, { host: bridge, headers: { ...json, authorization: 'Bearer nearly' }, body: '{}' });
    expect(`${answer.body.toString()}${JSON.stringify(mistakes)}`).not.toMatch(/nearly|nobody-guesses/);
  });

  it('takes gRPC with the token, and is UNAUTHENTICATED without', async () => {
    const { port, requests, mistakes } = await listen();
    expect((await callBridge(port, bearer)).status).toBe(grpcCode.OK);
    expect((await callBridge(port, {})).status).toBe(grpcCode.UNAUTHENTICATED);
    expect((await callBridge(port, { authorization: 'Bearer another' })).status).toBe(grpcCode.UNAUTHENTICATED);
    expect(requests).toHaveLength(1);
    expect(mistakes.map(({ kind }) => kind)).toEqual(['token-missing', 'token-missing']);
  });

  it('lets a browser ask first, as it does without the token', async () => {
    const { port } = await listen();
    const headers = { origin: 'http://localhost:3000', 'access-control-request-headers': 'authorization,content-type' };
    const preflight = await send(port, { host: bridge, method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers['access-control-allow-headers']]).toEqual([204, 'authorization,content-type']);
  });

  it('leaves loopback as it was: no token, and only its own names', async () => {
    const { port, requests } = await listen();
    expect((await send(port, { headers: json, body: '{"resourceSpans":[]}' })).status).toBe(200);
    expect((await callRaw(port, grpcPath.traces, frame(Buffer.from([1])))).status).toBe(grpcCode.OK);
    expect((await send(port, { headers: { ...json, ...bearer, host: 'sidelight.test' }, body: '{}' })).status).toBe(403);
    expect(requests).toHaveLength(2);
  });

  it('is let go when the receiver stops', async () => {
    const { port, receiver, options } = await listen();
    await receiver.stop(0);
    const again = await start({ ...options, port, beyondLoopback: asked });
    expect(again.port).toBe(port);
  });
});

describe('addresses', () => {
  it('are none but loopback unless asked for', async () => {
    const { port } = await start(recording().options);
    const others = Object.values(networkInterfaces()).flatMap(
      (all) => all?.filter(({ internal, family }) => !internal && family === 'IPv4') ?? [],
    );
    for (const { address } of others) await expect(send(port, { host: address })).rejects.toThrow('ECONNREFUSED');
    if (process.platform === 'linux') await expect(send(port, { host: bridge })).rejects.toThrow('ECONNREFUSED');
  });

  it('that the machine does not have are an error in words, and nothing stays open', async () => {
    const { options } = recording();
    const receiver = await start(options);
    await receiver.stop(0);
    const missing = { addresses: ['192.0.2.1'], token };
    await expect(start({ ...options, port: receiver.port, beyondLoopback: missing })).rejects.toThrow(
      'This machine has no address 192.0.2.1',
    );
    expect((await start({ ...options, port: receiver.port })).port).toBe(receiver.port);
  });
});
