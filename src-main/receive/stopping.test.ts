import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ExportOutcome } from './interface.ts';
import { accepted, recording, start } from './receivers.fixture.ts';
import { callOn, callRaw, frame, grpcPath, json, send } from './wire.fixture.ts';

const longMs = 60_000;
const payload = Buffer.from('{}');

/** An ingest that commits when the test says so. */
function slowIngest() {
  const commit = Promise.withResolvers<ExportOutcome>();
  const arrived = Promise.withResolvers<void>();
  const ingest = (): Promise<ExportOutcome> => {
    arrived.resolve();
    return commit.promise;
  };
  return { ...recording(ingest), arrived: arrived.promise, commit: () => commit.resolve(accepted) };
}

describe('R15 HTTP', () => {
  it('acknowledges what was under way, after its commit, and then closes the connection', async () => {
    const { options, arrived, commit } = slowIngest();
    const receiver = await start(options);
    const agent = new http.Agent({ keepAlive: true });
    const answering = send(receiver.port, { headers: json, body: payload, agent });
    await arrived;
    const stopped = receiver.stop(longMs);
    commit();
    const answer = await answering;
    expect([answer.status, answer.headers.connection]).toEqual([200, 'close']);
    await stopped;
    await expect(send(receiver.port, { headers: json, body: payload, agent })).rejects.toThrow(/ECONNREFUSED|ECONNRESET|hang up/);
    agent.destroy();
  });

  it('closes idle keep-alive connections at once', async () => {
    const { options } = recording();
    const receiver = await start(options);
    const agent = new http.Agent({ keepAlive: true });
    await send(receiver.port, { headers: json, body: payload, agent });
    expect(Object.values(agent.freeSockets)).toHaveLength(1);
    await receiver.stop(longMs);
    agent.destroy();
  });

  it('takes nothing new on a connection that is still open', async () => {
    const { options, requests, arrived, commit } = slowIngest();
    const receiver = await start(options);
    const request = `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
    const socket = net.connect(receiver.port, '127.0.0.1');
    socket.write(request);
    await arrived;
    const stopped = receiver.stop(longMs);
    socket.write(request);
    const ended = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());
    commit();
    await Promise.all([ended, stopped]);
    expect(requests).toHaveLength(1);
  });

  it('does not wait longer than drainMs', async () => {
    const { options, arrived } = slowIngest();
    const receiver = await start(options);
    const answering = send(receiver.port, { headers: json, body: payload });
    const ended = answering.then(
      ({ status }) => String(status),
      (error: Error) => error.message,
    );
    await arrived;
    await receiver.stop(1);
    expect(await ended).toMatch(/ECONNRESET|hang up/);
  });
});

describe('R15 gRPC', () => {
  it('acknowledges what was under way, after its commit, and takes nothing new', async () => {
    const { options, requests, arrived, commit } = slowIngest();
    const receiver = await start(options);
    const session = http2.connect(`http://127.0.0.1:${receiver.port}`);
    const answering = callOn(session, grpcPath.traces, frame(payload));
    await arrived;
    const goaway = once(session, 'goaway');
    const stopped = receiver.stop(longMs);
    await goaway;
    await expect(callOn(session, grpcPath.traces, frame(payload))).rejects.toThrow(/GOAWAY|closed|destroyed/);
    commit();
    expect((await answering).status).toBe(0);
    await stopped;
    expect(requests).toHaveLength(1);
    await expect(callRaw(receiver.port, grpcPath.traces, frame(payload))).rejects.toThrow('ECONNREFUSED');
  });

  it('closes idle connections, and sockets that never said a word, at once', async () => {
    const { options } = recording();
    const receiver = await start(options);
    const session = http2.connect(`http://127.0.0.1:${receiver.port}`);
    expect((await callOn(session, grpcPath.traces, frame(payload))).status).toBe(0);
    const silent = net.connect(receiver.port, '127.0.0.1');
    await once(silent, 'connect');
    const closed = Promise.all([once(session, 'close'), new Promise((resolve) => silent.on('error', resolve).on('close', resolve))]);
    await receiver.stop(longMs);
    await closed;
  });

  it('does not wait longer than drainMs', async () => {
    const { options, arrived } = slowIngest();
    const receiver = await start(options);
    const answering = callRaw(receiver.port, grpcPath.traces, frame(payload));
    const ended = answering.then(
      ({ status }) => status,
      () => 'broken off',
    );
    await arrived;
    await receiver.stop(1);
    expect(await ended).not.toBe(0);
  });
});

it('may be stopped twice', async () => {
  const { options } = recording();
  const receiver = await start(options);
  await expect(Promise.all([receiver.stop(longMs), receiver.stop(longMs)])).resolves.toHaveLength(2);
  await expect(receiver.stop(longMs)).resolves.toBeUndefined();
});
