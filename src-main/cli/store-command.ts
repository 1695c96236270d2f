import { parseArgs } from 'node:util';
import { readArguments, toDataDirectory, type ArgumentError } from './flags.ts';

export interface StoreOptions {
  action: 'check' | 'reindex';
  dataDirectory: string;
}

export const storeHelp = `Usage: sidelight store check|reindex [options]

  check      looks at every record and every index, and says what is wrong
  reindex    makes every index anew from the records; no Sidelight may be at work on them

check ends with 0 where the store is sound, and 1 where it is not.

  --data-dir DIR    where telemetry is kept (default: the usual place)
  --help            print this
`;

export function parseStoreCommand(args: readonly string[]): { kind: 'store'; options: StoreOptions } | { kind: 'help' } | ArgumentError {
  return readArguments(() => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { 'data-dir': { type: 'string' }, help: { type: 'boolean', default: false } },
      strict: true,
      allowPositionals: true,
    });
    if (values.help) return { kind: 'help' as const };
    const [action, ...more] = positionals;
    if ((action !== 'check' && action !== 'reindex') || more.length > 0)
      throw new RangeError('sidelight store takes one word: check or reindex.');
    return { kind: 'store' as const, options: { action, dataDirectory: toDataDirectory(values['data-dir']) } };
  });
}
