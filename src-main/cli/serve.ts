import { parseServeCommand, serveHelp } from './serve-command.ts';
import { printError } from './print.ts';

/**
 * `serve`: the engine and its page on loopback, in plain Node, until a signal comes. Resolves when it runs; the exit codes of one that does not: 0 asked for help,
 * 1 cannot run, 2 bad arguments.
 */
export async function serveCommand(args: readonly string[]): Promise<void> {
  const command = parseServeCommand(args);
  if (command.kind === 'error') {
    printError(`${command.message}\n\n${serveHelp}`);
    process.exit(2);
  }
  if (command.kind === 'help') {
    process.stdout.write(serveHelp);
    return;
  }
  try {
    // Loaded only now: an old Node would not survive it, and the other commands do not need it.
    const { serve } = await import('#main/serve/serve');
    await serve(command.options, printError);
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
