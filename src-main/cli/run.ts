import { styleText } from 'node:util';
import { terminalText } from '#main/base/terminal-text';
import { findOrStartInstance, type StartOptions } from '#main/client/start-instance';
import { run as runProgram } from '#main/run/run';
import { printError } from './print.ts';
import type { RunOptions } from './run-command.ts';

/** A shell's own codes, for a program that there is none of, and one that can't be run. */
const notFound = 127;
const notRunnable = 126;

/** Runs a program with a Sidelight to send to. Resolves with the program's exit code. */
export async function run({ command, args, name, ...place }: RunOptions, own: StartOptions['command']): Promise<number> {
  try {
    const sidelight = await findOrStartInstance({ ...place, command: own });
    return await runProgram({ command, args, name, sidelight, say });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') printError(`${command}: there is no such program.`);
    else printError(error instanceof Error ? error.message : String(error));
    return code === 'ENOENT' ? notFound : notRunnable;
  }
}

/** Dim, so that it is not taken for the program's own output. */
function say(text: string): void {
  process.stderr.write(`${styleText('dim', `sidelight: ${terminalText(text)}`, { stream: process.stderr })}\n`);
}
