import { doctorHelp, parseDoctorCommand } from './doctor-command.ts';
import type { ArgumentError } from './flags.ts';
import { exportHelp, parseExportCommand } from './export-command.ts';
import { openHelp, parseOpenCommand } from './open-command.ts';
import { printError } from './print.ts';
import { parseRunCommand, runHelp } from './run-command.ts';
import { serveCommand } from './serve.ts';
import { parseStoreCommand, storeHelp } from './store-command.ts';

const help = `Usage: sidelight COMMAND

  run      runs a program so that its telemetry arrives here: sidelight run -- node app.js
  open     opens files of OTLP, Jaeger and Zipkin, and sidelight:// links
  export   writes traces as OTLP JSON Lines
  doctor   says who sends, what they do wrong, and what mends it
  serve    receives telemetry and serves the page that shows it
  store    checks what is stored, and makes its indexes anew

sidelight COMMAND --help says more.
`;

/** What the command line is told of the world: how to start itself anew. */
export type OwnCommand = readonly [program: string, ...args: string[]];

/** `sidelight`. Commands are loaded when they are asked for. */
export async function main(args: readonly string[], own: OwnCommand): Promise<void> {
  const [command = '--help', ...rest] = args;
  switch (command) {
    case 'serve':
      return serveCommand(rest);
    case 'run':
      return finish(parseRunCommand(rest), runHelp, async ({ options }) => (await import('./run.ts')).run(options, own));
    case 'open':
      return finish(parseOpenCommand(rest), openHelp, async ({ options }) => (await import('./open.ts')).open(options, own));
    case 'export':
      return finish(parseExportCommand(rest), exportHelp, async ({ options }) => (await import('./export.ts')).exportTraces(options));
    case 'doctor':
      return finish(parseDoctorCommand(rest), doctorHelp, async ({ options }) => (await import('./doctor.ts')).doctor(options));
    case 'store':
      return finish(parseStoreCommand(rest), storeHelp, async ({ options }) => (await import('./store.ts')).store(options));
    case '--help':
      process.stdout.write(help);
      return undefined;
    default:
      printError(`There is no command '${command}'.\n\n${help}`);
      process.exitCode = 2;
      return undefined;
  }
}

async function finish<Command extends { kind: string }>(
  command: Command | { kind: 'help' } | ArgumentError,
  commandHelp: string,
  act: (command: Exclude<Command, { kind: 'help' } | ArgumentError>) => Promise<number>,
): Promise<void> {
  if (isError(command)) {
    printError(`${command.message}\n\n${commandHelp}`);
    process.exitCode = 2;
  } else if (command.kind === 'help') {
    process.stdout.write(commandHelp);
  } else {
    process.exitCode = await act(command as Exclude<Command, { kind: 'help' } | ArgumentError>);
  }
}

function isError(command: { kind: string }): command is ArgumentError {
  return command.kind === 'error';
}
