import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startHost } from '#main/serve/host';

const entry = path.join(import.meta.dirname, '../out/main/sidelight.js');

export interface Ended {
  /** Exit code, or the signal that ended it. */
  code: number | NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface CommandOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Shown what has come out so far, and the process, for a signal. */
  onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** The environment of this test, without what OpenTelemetry or a terminal would add to it. */
export function plainEnv(): NodeJS.ProcessEnv {
  const noise = /^(?:CI$|OTEL_|OTLP_|FORCE_COLOR|NO_COLOR|CLICOLOR|NODE_OPTIONS|PYTHONUNBUFFERED|VITEST|NODE_ENV)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !noise.test(name)));
}

/** Runs `sidelight`, as it is built, to its end. */
export function sidelight(args: readonly string[], { cwd, env = plainEnv(), onOutput }: CommandOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    onOutput?.(stdout, (signal) => child.kill(signal));
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code: code ?? signal, stdout, stderr })));
}

export function temporaryFolder(name: string): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), `sidelight-${name}-`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A running Sidelight on free ports, and its API. */
export async function runningSidelight() {
  const { folder: dataDirectory, remove } = temporaryFolder('data');
  const host = await startHost({
    dataDirectory,
    grpcPort: 0,
    httpPort: 0,
    uiPort: 0,
    maxStoredBytes: 100_000_000,
    token: undefined,
    uiDirectory: tmpdir(),
    report: (error) => process.stderr.write(`${String(error)}\n`),
  });
  const addresses = await host.addresses();
  return {
    dataDirectory,
    addresses,
    host,
    // oxlint-disable-next-line typescript/no-explicit-any -- tests match what comes
    async ask(target: string): Promise<any> {
      const response = await fetch(addresses.apiUrl + target, { headers: { authorization: `Bearer ${addresses.token}` } });
      return response.json();
    },
    async stop() {
      await host.stop();
      remove();
    },
  };
}
