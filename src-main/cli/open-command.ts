import { parseArgs } from 'node:util';
import { readArguments, type ArgumentError } from './flags.ts';
import { placeFlags, placeHelp, toPlace, type Place } from './place.ts';

export interface OpenOptions extends Place {
  /** Files and links. */
  targets: string[];
}

export const openHelp = `Usage: sidelight open [options] FILE… | sidelight://trace/TRACEID[?span=SPANID]

Reads files into Sidelight: OTLP (JSON, JSON Lines, protobuf), Jaeger JSON, Zipkin v2 JSON. Or shows
a view in the browser. What came with a file is labelled, and can be removed again under Files.

${placeHelp}`;

export function parseOpenCommand(args: readonly string[]): { kind: 'open'; options: OpenOptions } | { kind: 'help' } | ArgumentError {
  return readArguments(() => {
    const { values, positionals } = parseArgs({ args: [...args], options: placeFlags, strict: true, allowPositionals: true });
    if (values.help) return { kind: 'help' as const };
    if (positionals.length === 0) throw new Error('The file or link to open is missing.');
    return { kind: 'open' as const, options: { ...toPlace(values), targets: positionals } };
  });
}
