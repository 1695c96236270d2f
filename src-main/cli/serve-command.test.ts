import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseServeCommand, serveHelp } from './serve-command.ts';

describe('the arguments of serve', () => {
  it("has OTLP's ports, a page on the usual port and the platform's data directory when nothing is said", () => {
    const command = parseServeCommand([]);
    expect(command).toEqual({
      kind: 'serve',
      options: {
        json: false,
        open: false,
        dataDirectory: expect.stringMatching(/sidelight$/i),
        grpcPort: 4317,
        httpPort: 4318,
        uiPort: undefined,
        token: undefined,
        maxStoredBytes: 4 * 1024 ** 3,
        maxAgeMs: undefined,
        listenAddresses: [],
      },
    });
  });

  it('takes what is said', () => {
    const args =
      '--json --open --data-dir d/e --grpc-port 0 --http-port 65535 --ui-port=0 --token A-z.9_~+/== --max-store-bytes 1000 --max-age 36h'.split(
        ' ',
      );
    expect(parseServeCommand(args)).toEqual({
      kind: 'serve',
      options: {
        json: true,
        open: true,
        dataDirectory: path.resolve('d/e'),
        grpcPort: 0,
        httpPort: 65_535,
        uiPort: 0,
        token: 'A-z.9_~+/==',
        maxStoredBytes: 1000,
        maxAgeMs: 129_600_000,
        listenAddresses: [],
      },
    });
  });

  it('explains itself', () => {
    expect(parseServeCommand(['--help', '--json'])).toEqual({ kind: 'help' });
    for (const flag of [
      '--json',
      '--data-dir',
      '--grpc-port',
      '--http-port',
      '--ui-port',
      '--token',
      '--max-store-bytes',
      '--max-age',
      '--open',
    ]) {
      expect(serveHelp).toContain(flag);
    }
  });

  it.each([
    [['--nope'], /--nope/],
    [['rubbish'], /rubbish/],
    [['--grpc-port', 'abc'], /--grpc-port takes a port/],
    [['--http-port', '65536'], /--http-port takes a port/],
    [['--ui-port=-1'], /--ui-port takes a port/],
    [['--ui-port=1e3'], /--ui-port takes a port/],
    [['--grpc-port'], /--grpc-port/],
    [['--token', 'with space'], /--token takes/],
    [['--token', 'a;b'], /--token takes/],
    [['--token='], /--token takes/],
    [['--token', 'x'.repeat(300)], /--token takes/],
    [['--max-store-bytes', '0'], /--max-store-bytes takes/],
    [['--max-store-bytes', '4G'], /--max-store-bytes takes/],
    [['--max-age', '0d'], /--max-age takes/],
    [['--max-age', '30'], /--max-age takes/],
    [['--max-age', '1.5h'], /--max-age takes/],
    [['--json=yes'], /--json/],
  ])('refuses %j', (args, message) => {
    expect(parseServeCommand(args)).toEqual({ kind: 'error', message: expect.stringMatching(message) });
  });
});
