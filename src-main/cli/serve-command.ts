import { parseArgs } from 'node:util';
import { otlpGrpcPort, otlpHttpPort, readArguments, toDataDirectory, toPort, type ArgumentError } from './flags.ts';
import { toListenAddresses } from './listen-address.ts';

export interface ServeOptions {
  /** One JSON line on stdout when ready, instead of words. */
  json: boolean;
  /** Opens the page in the browser. */
  open: boolean;
  dataDirectory: string;
  /** 0: any free port, here and below. */
  grpcPort: number;
  httpPort: number;
  /** Undefined: the usual port, or any free one where that is taken. */
  uiPort: number | undefined;
  /** Undefined: a new one is made. */
  token: string | undefined;
  maxStoredBytes: number;
  /** Undefined: nothing is dropped for its age. */
  maxAgeMs: number | undefined;
  /** The receivers listen here besides loopback. */
  listenAddresses: readonly string[];
}

export type ServeCommand = { kind: 'serve'; options: ServeOptions } | { kind: 'help' } | ArgumentError;

const defaultMaxStoredBytes = 4 * 1024 ** 3;

export const serveHelp = `Usage: npm run serve -- [options]

Receives OpenTelemetry on localhost, keeps it, and serves the page that shows it.

  --grpc-port N         OTLP/gRPC port (${otlpGrpcPort}); 0 for any free port
  --http-port N         OTLP/HTTP port (${otlpHttpPort}); 0 for any free port
  --ui-port N           port of the page and of /api; 0 for any free port
  --data-dir DIR        where telemetry is kept
  --max-store-bytes N   oldest telemetry is dropped above this size (${defaultMaxStoredBytes})
  --max-age AGE         telemetry that arrived longer ago is dropped: 12h, 30d (default: none is)
  --listen-address A    let containers send to this address, too, with a token: docs/containers.md
  --token T             lets in whoever knows it (default: a new one on every start)
  --open                open the page in the browser
  --json                print one JSON line when ready, and nothing else, on stdout
  --help                print this
`;

const flags = {
  json: { type: 'boolean', default: false },
  open: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  'data-dir': { type: 'string' },
  'grpc-port': { type: 'string', default: String(otlpGrpcPort) },
  'http-port': { type: 'string', default: String(otlpHttpPort) },
  'ui-port': { type: 'string' },
  'listen-address': { type: 'string', multiple: true, default: [] as string[] },
  token: { type: 'string' },
  'max-age': { type: 'string' },
  'max-store-bytes': { type: 'string', default: String(defaultMaxStoredBytes) },
} as const;

/** Reads the arguments of `serve`; says in one line what is wrong with them. */
export function parseServeCommand(args: readonly string[]): ServeCommand {
  return readArguments<ServeCommand>(() => {
    const { values } = parseArgs({ args: [...args], options: flags, strict: true, allowPositionals: false });
    if (values.help) return { kind: 'help' };
    return {
      kind: 'serve',
      options: {
        json: values.json,
        open: values.open,
        dataDirectory: toDataDirectory(values['data-dir']),
        grpcPort: toPort('--grpc-port', values['grpc-port']),
        httpPort: toPort('--http-port', values['http-port']),
        uiPort: values['ui-port'] === undefined ? undefined : toPort('--ui-port', values['ui-port']),
        token: values.token === undefined ? undefined : toToken(values.token),
        maxStoredBytes: toByteCount('--max-store-bytes', values['max-store-bytes']),
        maxAgeMs: values['max-age'] === undefined ? undefined : toAge('--max-age', values['max-age']),
        listenAddresses: toListenAddresses(values['listen-address']),
      },
    };
  });
}

function toByteCount(name: string, text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new RangeError(`${name} takes a number of bytes, not '${text}'.`);
  return Number(text);
}

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };

function toAge(name: string, text: string): number {
  const [, count = '', unit = ''] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  if (count === '') throw new RangeError(`${name} takes a number of minutes, hours or days, as 90m, 12h or 30d, not '${text}'.`);
  return Number(count) * unitMs[unit as keyof typeof unitMs];
}

/** It travels in a header, a cookie and an address: the characters that RFC 6750 allows of a bearer token. */
function toToken(text: string): string {
  if (!/^[A-Za-z0-9._~+/-]{1,256}=*$/.test(text)) throw new RangeError('--token takes letters, digits and . _ ~ + / - only.');
  return text;
}
