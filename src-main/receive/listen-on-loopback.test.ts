import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PortTakenError } from '#main/base/port-taken-error';
import { closeServer, listenOnLoopback } from '#main/base/listen-on-loopback';
import { recording, start } from './receivers.fixture.ts';

describe('T2 loopback', () => {
  it('binds one port on 127.0.0.1 and, where there is IPv6, on ::1, and on no other address', async () => {
    const { port, servers } = await listenOnLoopback(0, () => net.createServer());
    onTestFinished(() => closeAll(servers));
    const addresses = servers.map((server) => addressOf(server));
    expect(addresses.every((address) => address.port === port)).toBe(true);
    expect(addresses.map(({ address }) => address)).toEqual(['127.0.0.1', '::1'].slice(0, servers.length));
  });

  it.each(['127.0.0.1', '::1'])('R16 a port that is taken on %s is a PortTakenError, and nothing stays open', async (host) => {
    const other = await occupy(host);
    if (other === undefined) return;
    const listening = listenOnLoopback(other.port, () => net.createServer());
    await expect(listening).rejects.toThrow(PortTakenError);
    await expect(listening).rejects.toMatchObject({ port: other.port });
    await closeServer(other.server);
    const { servers } = await listenOnLoopback(other.port, () => net.createServer());
    await closeAll(servers);
  });

  it('R16 a receiver says so', async () => {
    const { options } = recording();
    const { port } = await start(options);
    await expect(start({ ...options, port })).rejects.toThrow(PortTakenError);
  });

  it('passes on what is not about a taken port', async () => {
    await expect(listenOnLoopback(70_000, () => net.createServer())).rejects.toMatchObject({ code: 'ERR_SOCKET_BAD_PORT' });
  });
});

async function occupy(host: string): Promise<{ server: net.Server; port: number } | undefined> {
  const server = net.createServer().listen({ port: 0, host, exclusive: true });
  try {
    await once(server, 'listening');
  } catch {
    // No IPv6 on this machine: nothing to test.
    return undefined;
  }
  return { server, port: addressOf(server).port };
}

async function closeAll(servers: readonly net.Server[]): Promise<void> {
  await Promise.all(servers.map((server) => closeServer(server)));
}

function addressOf(server: net.Server): net.AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port.');
  return address;
}
