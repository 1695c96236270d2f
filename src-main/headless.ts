import { terminalText } from './base/terminal-text.ts';
import { nodeVersionProblem } from './base/node-version.ts';
import { parseServeCommand, serveHelp } from './cli.ts';

/**
 * `serve`: the engine and its page on loopback, in plain Node. stdout carries only what was asked for; everything else goes to stderr. Exit codes: 0 stopped as told,
 * 1 cannot run, 2 bad arguments.
 */

function printError(text: string): void {
  process.stderr.write(`sidelight: ${terminalText(text)}\n`);
}

function fail(code: 1 | 2, text: string): never {
  printError(text);
  process.exit(code);
}

const versionProblem = nodeVersionProblem(process.versions.node);
if (versionProblem !== undefined) fail(1, versionProblem);

const command = parseServeCommand(process.argv.slice(2));
if (command.kind === 'error') fail(2, `${command.message}\n\n${serveHelp}`);
if (command.kind === 'help') {
  process.stdout.write(serveHelp);
  process.exit(0);
}

// Loaded only now: an old Node would not survive it.
const { serve } = await import('./serve/serve.ts');
try {
  await serve(command.options, printError);
} catch (error) {
  fail(1, error instanceof Error ? error.message : String(error));
}
