import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProgramOptions {
  /** Working directory. */
  cwd: string;
  /** On top of this process's own environment, which is passed without its `OTEL_*` and `OTLP_*`. */
  env?: Record<string, string>;
}

const keptOutput = 16 * 1024;
/** Far above what an SDK takes to flush, on a busy machine. */
const endMs = 30_000;

/** A program that takes part, with what it printed. */
export class Program {
  readonly #child: ChildProcess;
  readonly #exit: Promise<number>;
  readonly #command: string;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<(line: string) => void>();

  constructor(command: readonly string[], { cwd, env }: ProgramOptions) {
    const [file = '', ...args] = command;
    this.#command = command.join(' ');
    this.#child = spawn(file, args, { cwd, env: { ...cleanEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#exit = new Promise((resolve) => {
      this.#child.once('error', (error) => this.#heard(error.message));
      this.#child.once('close', (code) => resolve(code ?? -1));
    });
    for (const output of [this.#child.stdout, this.#child.stderr])
      if (output !== null) createInterface({ input: output }).on('line', (line) => this.#heard(line));
  }

  /** What it printed so far on both outputs, cut to its last part. */
  get output(): string {
    return this.#lines.join('\n').slice(-keptOutput);
  }

  /** Resolves with the first line, printed already or still to come, that matches; rejects if the program ends without one. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    for (const line of this.#lines) {
      const match = pattern.exec(line);
      if (match !== null) return match;
    }
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const hear = (line: string): void => {
      const match = pattern.exec(line);
      if (match !== null) resolve(match);
    };
    this.#waiting.add(hear);
    void this.#exit.then((code) => reject(new Error(`${this.#command} ended with ${code} before it was ready.\n${this.output}`)));
    return promise.finally(() => this.#waiting.delete(hear));
  }

  /** Resolves when it has ended by itself; rejects, with what it printed, unless with code 0. */
  async finished(): Promise<void> {
    const code = await this.#exit;
    if (code !== 0) throw new Error(`${this.#command} ended with ${code}.\n${this.output}`);
  }

  /** Asks it to end, upon which its SDK exports what it still holds: `SIGINT` as Ctrl+C does, `SIGTERM` as `docker stop` does. Resolves when it has ended. */
  async stop(signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), endMs);
    await this.#exit.finally(() => clearTimeout(timer));
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#exit;
  }

  #heard(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > 1000) this.#lines.shift();
    for (const hear of this.#waiting) hear(line);
  }
}

/** The programs of one run. */
export class Programs {
  readonly #started: Program[] = [];

  start(command: readonly string[], options: ProgramOptions): Program {
    const program = new Program(command, options);
    this.#started.push(program);
    return program;
  }

  /** What the programs printed, for whoever looks into a failure. */
  output(): string {
    return this.#started
      .map((program) => program.output)
      .filter((output) => output !== '')
      .join('\n');
  }

  /** Leaves nothing behind. */
  async end(): Promise<void> {
    await Promise.all(this.#started.map((program) => program.kill()));
  }
}

/** What is set on this machine for other programs must not configure the ones here. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(OTEL|OTLP)_/.test(name)));
}
