import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The built, headless Sidelight in a process of its own, on a data directory that goes with it. */
export interface EngineProcess {
  grpcUrl: string;
  /** Asks `/api` and resolves with the parsed answer. */
  ask(path: string): Promise<Record<string, unknown>>;
  residentMegabytes(): number;
  stop(): Promise<void>;
}

export async function startEngineProcess(): Promise<EngineProcess> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'sidelight-bench-'));
  const ports = ['--grpc-port', '0', '--http-port', '0', '--ui-port', '0'];
  const child = spawn('node', ['out/main/headless.js', '--json', '--data-dir', dataDirectory, ...ports], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await new Promise<{ grpcUrl: string; apiUrl: string; token: string }>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    child.once('exit', () => reject(new Error('Sidelight ended before it was ready.')));
  });
  return {
    grpcUrl: ready.grpcUrl,
    async ask(path) {
      const response = await fetch(ready.apiUrl + path, { headers: { authorization: `Bearer ${ready.token}` } });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Record<string, unknown>;
    },
    residentMegabytes: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
