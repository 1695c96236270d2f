import { parseArgs } from 'node:util';
import { readArguments, toDataDirectory, type ArgumentError } from './flags.ts';

export interface DoctorOptions {
  json: boolean;
  dataDirectory: string;
}

export const doctorHelp = `Usage: sidelight doctor [options]

Says who sends to Sidelight, what they do wrong, and what mends it.
Ends with 0 where all is well, 1 where there are problems, 2 where no Sidelight runs.

  --json            the report as JSON
  --data-dir DIR    the Sidelight that keeps its telemetry there (default: the usual place)
  --help            print this
`;

export function parseDoctorCommand(args: readonly string[]): { kind: 'doctor'; options: DoctorOptions } | { kind: 'help' } | ArgumentError {
  return readArguments(() => {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false }, 'data-dir': { type: 'string' }, help: { type: 'boolean', default: false } },
      strict: true,
      allowPositionals: false,
    });
    if (values.help) return { kind: 'help' as const };
    return { kind: 'doctor' as const, options: { json: values.json, dataDirectory: toDataDirectory(values['data-dir']) } };
  });
}
