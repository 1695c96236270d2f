import { once } from 'node:events';
import type { Server } from 'node:net';
import { PortTakenError } from './port-taken-error.ts';

const loopback = ['127.0.0.1', '::1'];
const portAttempts = 20;
const noSuchFamily = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

export interface Listeners<S extends Server> {
  port: number;
  servers: S[];
}

/** An address besides loopback, which someone asked for. */
export interface FurtherAddress<S extends Server> {
  host: string;
  createServer: () => S;
}

/**
 * Listens on one port of every loopback address that the machine has: clients resolve `localhost` to either; and of further addresses, all of which it must have. All or
 * nothing; port 0 finds a port that is free on all of them. Rejects with `PortTakenError`, or with the system's error where it refuses for another reason.
 */
export async function listenOnLoopback<S extends Server>(
  port: number,
  createServer: () => S,
  further: readonly FurtherAddress<S>[] = [],
): Promise<Listeners<S>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await listenOnAll(port, createServer, further);
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw error;
      if (port !== 0 || attempt === portAttempts) throw new PortTakenError(port);
    }
  }
}

async function listenOnAll<S extends Server>(
  wanted: number,
  createServer: () => S,
  further: readonly FurtherAddress<S>[],
): Promise<Listeners<S>> {
  const servers: S[] = [];
  let port = wanted;
  try {
    for (const host of loopback) {
      const server = await listen(createServer(), port, host);
      if (server === undefined) continue;
      servers.push(server);
      port = portOf(server);
    }
    if (servers.length === 0) throw new Error('This machine has no loopback address to listen on.');
    for (const address of further) {
      const server = await listen(address.createServer(), port, address.host);
      if (server === undefined) throw new Error(`This machine has no address ${address.host} to listen on.`);
      servers.push(server);
    }
  } catch (error) {
    await Promise.all(servers.map((server) => closeServer(server)));
    throw error;
  }
  return { port, servers };
}

/** `undefined` where the machine does not have the address. */
async function listen<S extends Server>(server: S, port: number, host: string): Promise<S | undefined> {
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (noSuchFamily.has(codeOf(error))) return undefined;
    throw error;
  }
}

/** Resolves when the last connection has ended. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port.');
  return address.port;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
