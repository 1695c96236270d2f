import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { Stream } from './console-record.ts';
import type { Launch } from './zero-code.ts';

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** What ends a program, or tells it something, when it is sent to us instead. */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** The terminal sends these to us and to the program alike; a second one often means "at once". */
const sentByTerminal: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT']);

/** A program may leave others behind that hold its output open. */
const lastOutputMs = 1_000;

/** Starts the program with our stdin, passes its output on to ours, and shows it to `onOutput`. Resolves, when it has ended, with its exit code as a shell would say it. */
export async function runChild(
  { command, args, env }: Launch,
  folder: string,
  onOutput: (stream: Stream, chunk: Buffer) => void,
): Promise<number> {
  const child = spawn(command, args, { cwd: folder, env, stdio: ['inherit', 'pipe', 'pipe'] });
  passOn(child.stdout, process.stdout, (chunk) => onOutput('stdout', chunk));
  passOn(child.stderr, process.stderr, (chunk) => onOutput('stderr', chunk));
  const stopForwarding = forwardSignals(child);
  try {
    return await ended(child);
  } finally {
    stopForwarding();
  }
}

/** A reader that goes away (`| head`) is the program's to notice, as if it wrote there itself. */
function passOn(output: Readable, ours: Writable, watch: (chunk: Buffer) => void): void {
  output.on('data', watch);
  output.pipe(ours, { end: false });
  ours.once('error', () => output.destroy());
}

function forwardSignals(child: Child): () => void {
  const isInteractive = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const forward = (signal: NodeJS.Signals): void => {
    if (!isInteractive || !sentByTerminal.has(signal)) child.kill(signal);
  };
  const signals = process.platform === 'win32' ? passedOn.filter((signal) => !signal.startsWith('SIGUSR')) : passedOn;
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}

function ended(child: Child): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('error', reject);
  child.once('exit', (code, signal) => {
    const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    const giveUp = setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, lastOutputMs);
    child.once('close', () => {
      clearTimeout(giveUp);
      resolve(exitCode);
    });
  });
  return promise;
}
