import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';

/** The file that a command names, searched for as a shell does. Undefined where there is none. */
export function findProgram(command: string, env: NodeJS.ProcessEnv, folder: string): string | undefined {
  const isPath = command.includes('/') || command.includes(path.sep);
  const folders = isPath ? [''] : (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter((entry) => entry !== '');
  const endings = process.platform === 'win32' ? ['', ...(env['PATHEXT'] ?? '.EXE;.CMD').split(';')] : [''];
  return folders.flatMap((entry) => endings.map((ending) => path.resolve(folder, entry, command + ending))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const mostLineBytes = 512;

/** The interpreter that a script names in its first line, as a path or, behind `env`, a name. Undefined for anything that is no script. */
export function interpreterOf(file: string): string | undefined {
  const [, line = ''] = /^#!([^\r\n]*)/.exec(firstBytes(file)) ?? [];
  const words = line.trim().split(/\s+/);
  const [program = '', ...rest] = words;
  if (path.basename(program) !== 'env') return program === '' ? undefined : program;
  return rest.find((word) => !word.startsWith('-') && !word.includes('='));
}

function firstBytes(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(mostLineBytes);
    return buffer.toString('latin1', 0, readSync(descriptor, buffer));
  } finally {
    closeSync(descriptor);
  }
}
