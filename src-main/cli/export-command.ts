import { parseArgs } from 'node:util';
import { readArguments, type ArgumentError } from './flags.ts';
import { placeFlags, placeHelp, toPlace, type Place } from './place.ts';

export interface ExportOptions extends Pick<Place, 'dataDirectory'> {
  traceIds: string[];
  query: string;
  limit: number;
  logs: boolean;
}

const { 'data-dir': dataDir, help } = placeFlags;
const mostTraces = 10_000;

export const exportHelp = `Usage: sidelight export [options] [TRACEID…]

Writes traces as OTLP JSON Lines to stdout: those that are named, or those that a search finds, newest
first. sidelight open reads such a file again.

  --query TEXT      a search, as in the window (default: all traces)
  --limit N         of a search, at most so many traces: 1 to ${mostTraces} (default: 100)
  --logs            with the log records of each trace, on lines of their own
${placeHelp.slice(0, placeHelp.indexOf('  --grpc-port'))}  --help            print this
`;

export function parseExportCommand(args: readonly string[]): { kind: 'export'; options: ExportOptions } | { kind: 'help' } | ArgumentError {
  return readArguments(() => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        'data-dir': dataDir,
        help,
        query: { type: 'string', default: '' },
        limit: { type: 'string', default: '100' },
        logs: { type: 'boolean', default: false },
      },
      strict: true,
      allowPositionals: true,
    });
    if (values.help) return { kind: 'help' as const };
    const wrong = positionals.find((id) => !/^[0-9a-f]{32}$/i.test(id));
    if (wrong !== undefined) throw new RangeError(`A trace id is 32 hex digits, not '${wrong}'.`);
    if (positionals.length > 0 && values.query !== '') throw new RangeError('Name traces, or search for them with --query, not both.');
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > mostTraces)
      throw new RangeError(`--limit takes a whole number from 1 to ${mostTraces}, not '${values.limit}'.`);
    const { dataDirectory } = toPlace({ ...values, 'grpc-port': '0', 'http-port': '0' });
    return { kind: 'export' as const, options: { dataDirectory, traceIds: positionals, query: values.query, limit, logs: values.logs } };
  });
}
