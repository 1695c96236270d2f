import { parseArgs } from 'node:util';
import { readArguments, type ArgumentError } from './flags.ts';
import { placeFlags, placeHelp, toPlace, type Place } from './place.ts';

export interface OpenOptions extends Place {
  /** Files and links. */
  targets: string[];
}

export const openHelp = `Usage: sidelight open [options] FILE… | sidelight://trace/TRACEID[?span=SPANID]

Sends files of OTLP (JSON, JSON Lines, protobuf) to Sidelight, or shows a view in the browser.

${placeHelp}`;

export function parseOpenCommand(args: readonly string[]): { kind: 'open'; options: OpenOptions } | { kind: 'help' } | ArgumentError {
  return readArguments(() => {
    const { values, positionals } = parseArgs({ args: [...args], options: placeFlags, strict: true, allowPositionals: true });
    if (values.help) return { kind: 'help' as const };
    if (positionals.length === 0) throw new Error('The file or link to open is missing.');
    return { kind: 'open' as const, options: { ...toPlace(values), targets: positionals } };
  });
}
