import { spawn } from 'node:child_process';

interface RunOptions {
  env?: Record<string, string>;
  /** File descriptor that its output goes to; the terminal unless it is given. */
  output?: number;
}

/** Runs a command of the project; resolves with its exit code. */
export function runCommand(command: readonly string[], { env = {}, output }: RunOptions = {}): Promise<number> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    stdio: output === undefined ? 'inherit' : ['ignore', output, output],
    shell: process.platform === 'win32',
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
