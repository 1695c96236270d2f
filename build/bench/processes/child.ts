import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A program of the bench, or Sidelight itself, in a process of its own that says on its first line of output, in JSON, how it can be reached. */
export interface Child<Ready> {
  ready: Ready;
  /** From the start of the process to its first line, in milliseconds. */
  startMs: number;
  /** Processor time that it has used until now. */
  cpuSeconds(): number;
  residentMegabytes(): number;
  /** The most there has been. */
  peakMegabytes(): number;
  stop(): Promise<void>;
}

/** `file`: JavaScript or TypeScript, from the root of the project. */
export async function startChild<Ready>(file: string, args: readonly string[]): Promise<Child<Ready>> {
  const started = performance.now();
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error(`${file} ended before it was ready.`)));
  });
  const startMs = performance.now() - started;
  return {
    ready: JSON.parse(line) as Ready,
    startMs,
    cpuSeconds: () => cpuSeconds(child.pid),
    residentMegabytes: () => statusMegabytes(child.pid, 'VmRSS'),
    peakMegabytes: () => statusMegabytes(child.pid, 'VmHWM'),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** `/proc/PID/stat`: user and system time are the 14th and 15th field, in ticks of which Linux has 100 a second; the second field, a name in brackets, may hold spaces. */
function cpuSeconds(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function statusMegabytes(pid: number | undefined, field: string): number {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
}
