import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { EngineStatus, ReceiverProtocol, ReceiverStatus } from '#proto/bridge/shapes';

const entry = path.join(import.meta.dirname, '../../out/main/headless.js');
const token = 'token-of-the-fault-tests-0123456789';

export interface ServeOptions {
  maxStoredBytes?: number;
  grpcPort?: number;
  httpPort?: number;
  /** Another user than the one who runs the tests. */
  uid?: number;
  /** How far its clock is ahead of everybody else's. */
  clockAheadMs?: number;
}

interface Ready {
  grpcUrl: string | null;
  httpUrl: string | null;
  apiUrl: string;
}

/** Sidelight without a window, in a process of its own, that faults and attacks are tried on. */
export class Served {
  readonly dataDirectory: string;
  /** Resolves with its exit code, or the signal that ended it, and all that it said on stderr. */
  readonly ended: Promise<{ code: number | NodeJS.Signals | null; stderr: string }>;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  #ready: Ready | undefined;

  constructor(dataDirectory: string, { maxStoredBytes = 2e9, grpcPort = 0, httpPort = 0, uid, clockAheadMs }: ServeOptions = {}) {
    this.dataDirectory = dataDirectory;
    const numbers = { 'grpc-port': grpcPort, 'http-port': httpPort, 'ui-port': 0, 'max-store-bytes': maxStoredBytes };
    const args = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.#child = spawn(process.execPath, [entry, '--json', '--data-dir', dataDirectory, '--token', token, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...(clockAheadMs === undefined ? {} : { NODE_OPTIONS: clockAhead(clockAheadMs) }) },
      ...(uid === undefined ? {} : { uid }),
    });
    let stderr = '';
    this.#child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    this.ended = once(this.#child, 'close').then(([code, signal]: (number | NodeJS.Signals | null)[]) => ({
      code: code ?? signal ?? null,
      stderr,
    }));
  }

  /** Resolves when it takes telemetry; rejects with what it said where it ends instead. */
  async ready(): Promise<this> {
    for await (const line of createInterface({ input: this.#child.stdout })) {
      this.#ready = JSON.parse(line) as Ready;
      return this;
    }
    throw new Error(`It ended before it was ready: ${(await this.ended).stderr}`);
  }

  get httpPort(): number {
    return portOf(this.#addresses.httpUrl);
  }

  get grpcPort(): number {
    return portOf(this.#addresses.grpcUrl);
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What the API answers, of a question that it has an answer to. */
  async ask<Answer>(target: string): Promise<Answer> {
    const response = await fetch(this.#addresses.apiUrl + target, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`${target} is answered with ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  async moveReceiver(protocol: ReceiverProtocol, port: number): Promise<ReceiverStatus> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${this.#addresses.apiUrl}/receivers/${protocol}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ port }),
    });
    if (!response.ok) throw new Error(`The receiver stays where it is: ${await response.text()}`);
    return (await response.json()) as ReceiverStatus;
  }

  status(): Promise<EngineStatus> {
    return this.ask<EngineStatus>('/status');
  }

  /** The most memory that it has had since it started, or since `forgetPeak`, in bytes. Linux alone keeps count. */
  get peakBytes(): number {
    return memoryOf(this.#child.pid ?? 0, 'VmHWM');
  }

  forgetPeak(): void {
    writeFileSync(`/proc/${this.#child.pid}/clear_refs`, '5');
  }

  /** The memory that it has now, in bytes. */
  get residentBytes(): number {
    return memoryOf(this.#child.pid ?? 0, 'VmRSS');
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** Lets it end in order. Resolves with its exit code. */
  async stop(): Promise<number | NodeJS.Signals | null> {
    this.#child.kill('SIGTERM');
    return (await this.ended).code;
  }

  get #addresses(): Ready {
    if (this.#ready === undefined) throw new Error('It is not ready.');
    return this.#ready;
  }
}

/** Before anything else in each of its threads. */
function clockAhead(ms: number): string {
  const code = `const now = Date.now; Date.now = () => now() + ${ms};`;
  return `--import=data:text/javascript,${encodeURIComponent(code)}`;
}

function portOf(url: string | null): number {
  if (url === null) throw new Error('This receiver does not listen.');
  return Number(new URL(url).port);
}

function memoryOf(pid: number, name: string): number {
  const [, kibibytes] = new RegExp(String.raw`${name}:\s+(\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}

/** A directory of its own, and what removes it. */
export function temporaryFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'sidelight-faults-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
