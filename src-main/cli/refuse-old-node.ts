import { nodeVersionProblem } from '#main/base/node-version';
import { printError } from './print.ts';

/** Ends the process with 1 where this Node is too old for us. To be called before anything else is loaded. */
export function refuseOldNode(): void {
  const problem = nodeVersionProblem(process.versions.node);
  if (problem === undefined) return;
  printError(problem);
  process.exit(1);
}
