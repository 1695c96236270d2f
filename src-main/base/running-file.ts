import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isLoopbackHost } from './loopback-names.ts';

/** How to reach the Sidelight that works on a data directory. */
export interface RunningInstance {
  pid: number;
  apiUrl: string;
  /** Undefined for a receiver whose port was taken at the start. Receivers can move: `/api/status` knows where they are now. */
  grpcUrl: string | undefined;
  httpUrl: string | undefined;
  /** For `/api`, as a bearer token. */
  token: string;
  /** Lets a browser in: it carries the token. */
  uiUrl: string;
}

/** Far more than what we write. */
const mostBytes = 16 * 1024;

const fileOf = (dataDirectory: string): string => path.join(dataDirectory, 'running.json');

/** Readable by the user alone, because of the token. Replaces what a killed instance has left, in one step. */
export async function writeRunningFile(dataDirectory: string, instance: RunningInstance): Promise<void> {
  const next = `${fileOf(dataDirectory)}.${instance.pid}`;
  await rm(next, { force: true });
  await writeFile(next, `${JSON.stringify(instance)}\n`, { mode: 0o600, flag: 'wx' });
  await rename(next, fileOf(dataDirectory));
}

/** Leaves alone what another instance has written since. */
export async function removeRunningFile(dataDirectory: string, { token }: Pick<RunningInstance, 'token'>): Promise<void> {
  const current = await readRunningFile(dataDirectory);
  if (current?.token === token) await rm(fileOf(dataDirectory), { force: true });
}

/** What is said to run on this data directory; whether it does is for `/api/status` to tell. Undefined where nothing is said, or nothing that can be trusted. */
export async function readRunningFile(dataDirectory: string): Promise<RunningInstance | undefined> {
  const file = fileOf(dataDirectory);
  try {
    if ((await stat(file)).size > mostBytes) return undefined;
    return asInstance(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Absent, unreadable or damaged: nobody can be found by it.
    return undefined;
  }
}

function asInstance(content: unknown): RunningInstance | undefined {
  if (typeof content !== 'object' || content === null) return undefined;
  const { pid, apiUrl, grpcUrl, httpUrl, token, uiUrl } = content as Record<keyof RunningInstance, unknown>;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
  if (typeof token !== 'string' || !/^[\w.~+/=-]{1,300}$/.test(token)) return undefined;
  if (!isLoopbackAddress(apiUrl) || !isLoopbackAddress(uiUrl)) return undefined;
  return {
    pid,
    apiUrl,
    grpcUrl: isLoopbackAddress(grpcUrl) ? grpcUrl : undefined,
    httpUrl: isLoopbackAddress(httpUrl) ? httpUrl : undefined,
    token,
    uiUrl,
  };
}

/** The token goes to this machine only, whatever the file says. */
function isLoopbackAddress(address: unknown): address is string {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  return url?.protocol === 'http:' && url.username === '' && url.password === '' && isLoopbackHost(url.host);
}
