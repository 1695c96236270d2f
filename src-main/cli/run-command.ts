import { parseArgs } from 'node:util';
import { readArguments, type ArgumentError } from './flags.ts';
import { placeFlags, placeHelp, toPlace, type Place } from './place.ts';

export interface RunOptions extends Place {
  command: string;
  args: string[];
  name: string | undefined;
}

export const runHelp = `Usage: sidelight run [options] -- command [arguments]

Runs a program so that its telemetry and what it prints arrive in Sidelight.

  --name SERVICE    its service.name (default: OTEL_SERVICE_NAME, else the folder's name)
${placeHelp}`;

/** Reads the arguments of `run`. Everything behind `--` is the program's. */
export function parseRunCommand(args: readonly string[]): { kind: 'run'; options: RunOptions } | { kind: 'help' } | ArgumentError {
  return readArguments(() => {
    const end = args.includes('--') ? args.indexOf('--') : args.length;
    const { values } = parseArgs({
      args: args.slice(0, end),
      options: { ...placeFlags, name: { type: 'string' } },
      strict: true,
      allowPositionals: false,
    });
    if (values.help) return { kind: 'help' as const };
    const [command, ...rest] = args.slice(end + 1);
    if (command === undefined) throw new Error('The program to run is missing: it stands behind --, as in sidelight run -- node app.js.');
    if (values.name === '') throw new Error('--name takes the name of a service.');
    return { kind: 'run' as const, options: { ...toPlace(values), command, args: rest, name: values.name } };
  });
}
