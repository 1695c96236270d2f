import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The line that the app prints when it is ready. Ports are free ones, so every receiver has an address. */
export interface ReadyLine {
  event: 'ready';
  grpcUrl: string;
  httpUrl: string;
  uiUrl: string;
  apiUrl: string;
  token: string;
}

const keptOutput = 64 * 1024;
/** Far above what a start takes on a busy machine. */
const startMs = 30_000;
/** The app drains for at most five seconds. */
const endMs = 15_000;

/** A process of the app under test, until it has ended. */
export class AppProcess {
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
  #stderr = '';

  constructor(child: ChildProcess) {
    this.child = child;
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString()).slice(-keptOutput);
    });
    this.exit = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  get stderr(): string {
    return this.#stderr;
  }

  isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Rejects, with what the process said, if it ends first. */
  async ready(): Promise<ReadyLine> {
    const { stdout } = this.child;
    if (stdout === null) throw new Error('The app has no output to read.');
    const lines = createInterface({ input: stdout });
    const line = await this.#within(startMs, new Promise<string>((resolve) => lines.once('line', resolve)), 'was not ready');
    // The rest is read as well, so that the app never waits for us.
    lines.resume();
    return JSON.parse(line) as ReadyLine;
  }

  async end(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended();
  }

  /** Rejects unless the process ends by itself, with code 0. */
  async ended(): Promise<void> {
    const timeout = setTimeout(() => this.child.kill('SIGKILL'), endMs);
    const code = await this.exit;
    clearTimeout(timeout);
    if (code !== 0) throw new Error(`The app ended with ${code ?? 'a signal'}.\n${this.#stderr}`);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exit;
  }

  async #within<Value>(ms: number, value: Promise<Value>, complaint: string): Promise<Value> {
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error(`The app ${complaint} in ${ms / 1000} s.\n${this.#stderr}`)), ms);
    const died = this.exit.then((code) => {
      throw new Error(`The app ended with ${code ?? 'a signal'}.\n${this.#stderr}`);
    });
    return Promise.race([value, died, tooLate]).finally(() => clearTimeout(timer));
  }
}
