import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startUiServer } from './http-server.ts';
import { createRouter } from './router.ts';
import { bearer, TestServer, token } from './ui-server.fixture.ts';

describe('the loopback server, with an engine in memory', () => {
  const server = new TestServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  it('sends the same security headers with every answer', async () => {
    const answers = await Promise.all([
      server.ask('/'),
      server.ask('/', { headers: { accept: 'text/html' } }),
      server.ask(`/?token=${token}`),
      server.ask('/assets/index-abc123.js'),
      server.ask('/nothing.js'),
      server.ask('/api/status'),
      server.ask('/api/nothing'),
      server.ask('/api/status', { headers: {} }),
      server.ask('/api/status', { method: 'OPTIONS' }),
      server.ask('/rpc'),
      server.ask('/', { headers: { host: 'evil.test' } }),
    ]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('listens on both loopback addresses and on no other', async () => {
    expect((await server.ask('/api/status', { headers: { ...bearer, host: `[::1]:${server.port}` }, address: '::1' })).status).toBe(200);
  });

  it('survives what is not HTTP, and clients that vanish', async () => {
    for (const bytes of [
      '\u0016\u0003\u0001',
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      'GET /\r\n\r\n',
      `GET ${'/'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      const closed = new Promise((resolve) => socket.on('close', resolve));
      socket.resume().end(bytes);
      await closed;
    }
    const socket = connect(server.port, '127.0.0.1');
    socket.write(`GET /rpc HTTP/1.1\r\nHost: localhost:${server.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    socket.destroy();
    expect((await server.ask('/api/status')).status).toBe(200);
  });

  it('ends streams and sockets when it stops', async () => {
    const other = new TestServer();
    await other.start();
    const [response] = await once(other.request('/api/changes').end(), 'response');
    const socket = new WebSocket(`ws://${other.host}/rpc`, { headers: bearer });
    await once(socket, 'open');
    response.on('error', () => undefined).resume();
    const closed = Promise.all([once(socket, 'close'), new Promise((resolve) => response.on('close', resolve))]);
    await other.stop();
    const [[code]] = await closed;
    expect(code).toBe(1001);
    await vi.waitFor(() => expect(other.engine.listeners.size).toBe(0));
  });

  it('says that a port is taken', async () => {
    await expect(
      startUiServer({
        router: createRouter(server.engine),
        engine: server.engine,
        token,
        port: server.port,
        uiDirectory: server.directory,
        report: () => undefined,
      }),
    ).rejects.toMatchObject({
      name: 'PortTakenError',
      port: server.port,
    });
  });
});
