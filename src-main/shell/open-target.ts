import { statSync } from 'node:fs';
import path from 'node:path';
import { viewOfLink } from '#main/open/link';

/** What the system asks us to open. */
export type OpenTarget = { kind: 'view'; view: string } | { kind: 'file'; file: string };

/** Associated with the app in `build/electron-builder.yml`, and what "Open with" may bring. */
const endings = new Set(['.otlp', '.otlpjson', '.otlpjsonl', '.jsonl', '.json']);

/** Nobody opens more at once. */
const mostTargets = 16;

/**
 * The links and files among the arguments of a start. Whoever can start the app decides on these (a web page by a link, and through it on Windows by further arguments), so
 * a link names ids and nothing else, and a file has an ending that is ours and is on this machine: looking at one on a server tells that server who we are.
 */
export function openTargets(args: readonly string[], folder: string): OpenTarget[] {
  return args
    .map((argument) => targetOf(argument, folder))
    .filter((target) => target !== undefined)
    .slice(0, mostTargets);
}

function targetOf(argument: string, folder: string): OpenTarget | undefined {
  const view = viewOfLink(argument);
  if (view !== undefined) return { kind: 'view', view };
  if (argument.startsWith('-') || !endings.has(path.extname(argument).toLowerCase())) return undefined;
  const file = path.resolve(folder, argument);
  return isOnServer(file) || !isFile(file) ? undefined : { kind: 'file', file };
}

function isOnServer(file: string): boolean {
  return /^[\\/]{2}/.test(file);
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    // Not there, or not for us to see.
    return false;
  }
}
