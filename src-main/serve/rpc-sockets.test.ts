import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { bearer, TestServer, token } from './ui-server.fixture.ts';

describe('/rpc, with an engine in memory', () => {
  const server = new TestServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  function open(headers: Record<string, string>, target = '/rpc') {
    return new WebSocket(`ws://127.0.0.1:${server.port}${target}`, { headers: { host: server.host, ...headers } });
  }
  const ours = () => ({ cookie: `sidelight-${server.port}=${token}`, origin: `http://${server.host}` });

  it.each<[string, () => Record<string, string>, number]>([
    ['another origin', () => ({ ...ours(), origin: 'http://evil.test' }), 403],
    ['the origin null', () => ({ ...ours(), origin: 'null' }), 403],
    ['a neighbour port', () => ({ ...ours(), origin: 'http://localhost:5173' }), 403],
    ['another host', () => ({ ...ours(), host: `evil.test:${server.port}` }), 403],
    ['no token', () => ({ origin: `http://${server.host}` }), 401],
    ['an old token', () => ({ ...ours(), cookie: `sidelight-${server.port}=old` }), 401],
  ])('refuses %s', async (_what, headers, status) => {
    const [, response] = await once(open(headers()), 'unexpected-response');
    expect(response.statusCode).toBe(status);
  });

  it('takes sockets nowhere else', async () => {
    const [, response] = await once(open(ours(), '/api/status'), 'unexpected-response');
    expect(response.statusCode).toBe(404);
  });

  it('lets our page in', async () => {
    const socket = open(ours());
    await once(socket, 'open');
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
    await once(socket, 'close');
  });

  it('closes a socket that sends too much', async () => {
    const socket = open(ours());
    await once(socket, 'open');
    socket.send('x'.repeat(2 * 1024 * 1024));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
  });

  it('closes a socket that piles up calls', async () => {
    const held = Promise.withResolvers<void>();
    server.engine.held = held.promise;
    const socket = open(ours());
    await once(socket, 'open');
    for (let call = 0; call < 600; call++) socket.send(JSON.stringify({ i: String(call), p: { u: '/services', b: {} } }));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1008);
    held.resolve();
    server.engine.held = undefined;
  });

  it('ends a socket whose page no longer answers', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const watchful = new TestServer();
    await watchful.start();
    onTestFinished(() => watchful.stop());
    const connect = (autoPong: boolean) => new WebSocket(`ws://${watchful.host}/rpc`, { headers: bearer, autoPong });
    const [alive, dead] = [connect(true), connect(false)];
    await Promise.all([once(alive, 'open'), once(dead, 'open')]);
    const pinged = Promise.all([once(alive, 'ping'), once(dead, 'ping')]);
    const closed = once(dead, 'close');
    vi.advanceTimersByTime(30_000);
    await pinged;
    // The pong has been read by the time an answer that was asked for later is there.
    alive.send(JSON.stringify({ i: '1', p: { u: '/status' } }));
    await once(alive, 'message');
    vi.advanceTimersByTime(30_000);
    expect((await closed)[0]).toBe(1006);
    expect(alive.readyState).toBe(WebSocket.OPEN);
  });

  it('ends a socket whose page reads too slowly, instead of keeping its answers in memory', async () => {
    const name = 'x'.repeat(8 * 1024 * 1024);
    server.engine.answers.services = () => [
      { name, namespace: '', spanCount: 0, errorCount: 0, logCount: 0, lastSeenUnixNano: '1', language: '' },
    ];
    const socket = open(ours());
    await once(socket, 'open');
    const closed = once(socket, 'close');
    socket.send(JSON.stringify({ i: 'changes', p: { u: '/changes' } }));
    await vi.waitFor(() => expect(server.engine.listeners.size).toBe(1));
    socket.pause();
    for (let call = 0; call < 20; call++) socket.send(JSON.stringify({ i: String(call), p: { u: '/services' } }));
    await vi.waitFor(() => expect(server.engine.listeners.size).toBe(0), { timeout: 20_000 });
    socket.resume();
    expect((await closed)[0]).toBe(1006);
  });
});
