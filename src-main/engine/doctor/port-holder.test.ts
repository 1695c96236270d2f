import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findPortHolder, holderInLsof, listeningInodes } from './port-holder.ts';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:10DD 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000000000000000 100 0 0 10 0
   1: 0100007F:10DD 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0000000000000000 20 4 30 10 -1
   2: 00000000:10DE 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4713 1 0000000000000000 100 0 0 10 0
`;

describe('who holds a port', () => {
  it('is read from the sockets that listen, not from those that are connected', () => {
    expect(listeningInodes(table, 4317)).toEqual(['4711']);
    expect(listeningInodes(table, 4318)).toEqual(['4713']);
    expect(listeningInodes(table, 4319)).toEqual([]);
    expect(listeningInodes('what is this\n\n', 4317)).toEqual([]);
  });

  it("is read from lsof's output", () => {
    expect(holderInLsof('p512\ncControlCe\nf9\n')).toEqual({ name: 'ControlCe', processId: 512 });
    expect(holderInLsof('p512\nf9\n')).toBeUndefined();
    expect(holderInLsof('')).toBeUndefined();
  });

  it.runIf(process.platform === 'linux' || process.platform === 'darwin')('is this very process for a port of its own', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await findPortHolder(port)).toEqual({ name: basename(process.execPath), processId: process.pid });
  });
});
