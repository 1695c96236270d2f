import { existsSync } from 'node:fs';
import { terminalText } from '#main/base/terminal-text';
import { pathsIn } from '#main/store/data-directory';
import { checkStore } from '#main/store/write/check';
import { reindex } from '#main/store/write/reindex';
import { printError } from './print.ts';
import type { StoreOptions } from './store-command.ts';

/** Looks after the store of a data directory. Resolves with the exit code: 0 sound or made anew, 1 not sound, 2 it could not be done. */
export async function store({ action, dataDirectory }: StoreOptions): Promise<number> {
  if (!existsSync(pathsIn(dataDirectory).database)) {
    printError(`Nothing is stored in ${dataDirectory}.`);
    return 2;
  }
  try {
    return action === 'check' ? check(dataDirectory) : makeAnew(dataDirectory);
  } catch (error) {
    printError(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

function check(dataDirectory: string): number {
  const problems = checkStore(dataDirectory);
  for (const problem of problems) process.stdout.write(`${terminalText(problem)}\n`);
  if (problems.length === 0) process.stdout.write('The store is sound.\n');
  return problems.length === 0 ? 0 : 1;
}

function makeAnew(dataDirectory: string): number {
  reindex(dataDirectory);
  process.stdout.write('Every index of the store was made anew.\n');
  return 0;
}
