import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { terminalText } from '#main/base/terminal-text';

/** The program that listens on a port. */
export interface PortHolder {
  name: string;
  processId: number;
}

/** The rest of a start waits for this. */
const timeoutMs = 1000;
const maxNameChars = 64;

/** "LISTEN" in the `st` column (Linux, `include/net/tcp_states.h`). */
const listenState = '0A';

/**
 * Who listens on `port`, where the system tells: Linux and macOS, and only of programs of the same user. Best effort: `undefined` for everything that goes wrong on
 * the way, and after a second.
 */
export async function findPortHolder(port: number): Promise<PortHolder | undefined> {
  const find = process.platform === 'linux' ? onLinux : process.platform === 'darwin' ? onMac : undefined;
  if (find === undefined) return undefined;
  const signal = AbortSignal.timeout(timeoutMs);
  const tooLate = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
  return Promise.race([tooLate, find(port, signal).catch(() => undefined)]);
}

async function onLinux(port: number, signal: AbortSignal): Promise<PortHolder | undefined> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')));
  const sockets = new Set(tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  const processIds = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const processId of processIds) {
    if (signal.aborted) return undefined;
    if (!(await hasOpen(processId, sockets))) continue;
    // Not `comm`: that is the name of a thread, which some runtimes call "MainThread".
    const program = await readlink(`/proc/${processId}/exe`);
    return { name: shown(basename(program.replace(/ \(deleted\)$/, ''))), processId: Number(processId) };
  }
  return undefined;
}

/** Inodes of the sockets that listen on `port`, from a table as in `/proc/net/tcp` (proc_pid_net(5)): addresses and ports are in hex. */
export function listeningInodes(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = '0'] = line.trim().split(/\s+/);
    return state === listenState && local.endsWith(`:${hexPort}`) && inode !== '0' ? [inode] : [];
  });
}

/** Processes of other users keep their files to themselves, and some end while we look. */
async function hasOpen(processId: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const folder = `/proc/${processId}/fd`;
  const files = await readdir(folder).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`${folder}/${file}`).catch(() => '')));
  return targets.some((target) => sockets.has(target));
}

async function onMac(port: number, signal: AbortSignal): Promise<PortHolder | undefined> {
  const { stdout } = await promisify(execFile)('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { signal });
  return holderInLsof(stdout);
}

/** The first process of `lsof -Fpc`: a line `p` with its id, then a line `c` with its command. */
export function holderInLsof(output: string): PortHolder | undefined {
  const [, processId, name] = /^p(\d+)\n(?:.*\n)*?c(.*)$/m.exec(output) ?? [];
  return processId === undefined || name === undefined ? undefined : { name: shown(name), processId: Number(processId) };
}

function shown(name: string): string {
  return terminalText(name.trim().slice(0, maxNameChars));
}
