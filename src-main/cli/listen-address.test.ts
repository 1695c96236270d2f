import { describe, expect, it } from 'vitest';
import { toListenAddresses } from './listen-address.ts';
import { parseServeCommand, serveHelp } from './serve-command.ts';

describe('--listen-address', () => {
  it('is taken once each, as often as it is given', () => {
    const command = parseServeCommand('--listen-address 172.17.0.1 --listen-address fd00::1 --listen-address 172.17.0.1'.split(' '));
    expect(command).toMatchObject({ kind: 'serve', options: { listenAddresses: ['172.17.0.1', 'fd00::1'] } });
    expect(serveHelp).toContain('--listen-address');
  });

  it('is nothing unless it is given', () => expect(parseServeCommand([])).toMatchObject({ options: { listenAddresses: [] } }));

  it('knows one address under two spellings', () => expect(toListenAddresses(['FD00:0::1', 'fd00::1'])).toEqual(['fd00::1']));

  it.each([
    ['0.0.0.0', /not '0\.0\.0\.0' for all/],
    ['::', /for all of them/],
    ['0::0', /for all of them/],
    ['127.0.0.1', /is listened on anyway/],
    ['::1', /is listened on anyway/],
    ['docker0', /takes an IP address/],
    ['172.17.0.1:4317', /takes an IP address/],
    ['', /takes an IP address/],
  ])('refuses %j', (address, message) => {
    expect(parseServeCommand([`--listen-address=${address}`])).toEqual({ kind: 'error', message: expect.stringMatching(message) });
  });
});
