import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { findInstance, type Instance } from './instance.ts';

const startMs = 30_000;
const lookEveryMs = 100;
/** Two commands may start one each; the one that came second ends at once, and finds the first a moment later. */
const othersStartMs = 5_000;
const mostLogChars = 2_000;

export interface StartOptions {
  dataDirectory: string;
  /** Runs `sidelight serve`: the program and the arguments before those of `serve`. */
  command: readonly [program: string, ...args: string[]];
  /** 0: any free port. */
  grpcPort: number;
  httpPort: number;
}

export interface Found {
  instance: Instance;
  /** Whether it runs because of us. It then stays, so that what it shows can be looked at. */
  started: boolean;
}

/** The Sidelight on this data directory; one in the background is started where none runs. Rejects, with what it said, where it can't be. */
export async function findOrStartInstance(options: StartOptions): Promise<Found> {
  const running = await findInstance(options.dataDirectory);
  return running === undefined ? { instance: await startInstance(options), started: true } : { instance: running, started: false };
}

async function startInstance({ dataDirectory, command: [program, ...first], grpcPort, httpPort }: StartOptions): Promise<Instance> {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const log = path.join(dataDirectory, 'serve.log');
  const output = openSync(log, 'w', 0o600);
  const args = [...first, 'serve', '--data-dir', dataDirectory, '--grpc-port', String(grpcPort), '--http-port', String(httpPort)];
  // Detached: Ctrl+C in this terminal is not meant for it.
  const child = spawn(program, args, { detached: true, windowsHide: true, stdio: ['ignore', 'ignore', output] });
  closeSync(output);
  child.unref();
  const instance = await waitFor(child, dataDirectory);
  if (instance === undefined) throw new Error(`Sidelight could not be started. ${lastWords(log)}`.trim());
  return instance;
}

async function waitFor(child: ChildProcess, dataDirectory: string): Promise<Instance | undefined> {
  let deadlineMs = Date.now() + startMs;
  const hurry = (): void => void (deadlineMs = Math.min(deadlineMs, Date.now() + othersStartMs));
  child.once('exit', hurry);
  child.once('error', hurry);
  while (Date.now() < deadlineMs) {
    const instance = await findInstance(dataDirectory);
    if (instance !== undefined) return instance;
    await after(lookEveryMs);
  }
  return undefined;
}

function lastWords(log: string): string {
  return readFileSync(log, 'utf8').slice(-mostLogChars).trim();
}
