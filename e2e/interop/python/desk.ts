import path from 'node:path';
import { closedPort } from '../closed-port.ts';
import type { Programs } from '../program.ts';

export const folder = path.join(import.meta.dirname, 'program');
export const python = path.join(folder, 'venv', 'bin', 'python');

const roles = ['training-host', 'ib-host', 'api'] as const;
export type Role = (typeof roles)[number];

export interface DeskOptions {
  serviceName: (role: Role) => string;
  /** What runs a Python file: `[python]`, or `opentelemetry-instrument` with its options. */
  command: readonly string[];
  env: (role: Role) => Record<string, string>;
}

/** The three services, running, each knowing the next. */
export interface Desk {
  apiUrl: string;
  ibHostUrl: string;
  /** Where the ledger would be: nothing listens. */
  deadUrl: string;
  /** As Ctrl+C does: after SIGTERM, uvicorn ends the process so hard that Python's SDK loses what it has not exported yet. */
  stop(): Promise<void>;
}

export async function startDesk(programs: Programs, { serviceName, command, env }: DeskOptions): Promise<Desk> {
  const deadUrl = `http://localhost:${await closedPort()}`;
  const started: ReturnType<Programs['start']>[] = [];
  const urls: string[] = [];
  for (const role of roles) {
    const program = programs.start([...command, 'service.py', role, serviceName(role), urls.at(-1) ?? '', deadUrl], {
      cwd: folder,
      env: { ...env(role), PYTHONUNBUFFERED: '1' },
    });
    started.push(program);
    urls.push(`http://127.0.0.1:${(await program.line(/^listening on (\d+)$/))[1]}`);
  }
  const [, ibHostUrl = '', apiUrl = ''] = urls;
  return {
    apiUrl,
    ibHostUrl,
    deadUrl,
    stop: async () => {
      await Promise.all(started.map((program) => program.stop('SIGINT')));
    },
  };
}
