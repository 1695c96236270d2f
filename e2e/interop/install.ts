import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** No registry answers: not a failure of the participant, which is skipped. */
export class RegistryUnreachable extends Error {}

/** What the package managers print when the network is not there, in their own words. */
const offline =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|name resolution|[Nn]ame or service not known|no such host|[Cc]onnection refused|i\/o timeout|Unknown host|Network is unreachable|NewConnectionError/;

export interface Installation {
  /** The program's folder. */
  folder: string;
  /** Files in it that say what is installed: an install is repeated when they have changed. */
  pins: readonly string[];
  commands: readonly (readonly string[])[];
  env?: Record<string, string>;
}

/** Runs the commands, unless they have run for the same pins. */
export async function install({ folder, pins, commands, env }: Installation): Promise<void> {
  const stamp = path.join(folder, '.installed');
  const wanted = digest(folder, pins, commands);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  for (const command of commands) await runInstaller(command, folder, env);
  writeFileSync(stamp, wanted);
}

/** Why a tool can't be used here; undefined where it can. */
export function missingTool(command: readonly string[], tool: string): string | undefined {
  const [file = '', ...args] = command;
  return spawnSync(file, args, { stdio: 'ignore' }).status === 0 ? undefined : `${tool} is not installed`;
}

/** The first match of `pattern` in what a command prints: how a tool says its version. */
export function toolVersion(command: readonly string[], pattern: RegExp): string {
  const [file = '', ...args] = command;
  const { stdout, stderr } = spawnSync(file, args, { encoding: 'utf8' });
  return pattern.exec(`${stdout}${stderr}`)?.[1] ?? 'unknown';
}

function digest(folder: string, pins: readonly string[], commands: readonly (readonly string[])[]): string {
  const hash = createHash('sha256').update(JSON.stringify(commands));
  for (const pin of pins) hash.update(readFileSync(path.join(folder, pin)));
  return hash.digest('hex');
}

function runInstaller(command: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<void> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8192);
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else if (offline.test(output)) reject(new RegistryUnreachable(`${file} reaches no registry`));
      else reject(new Error(`${command.join(' ')} ended with ${code}.\n${output}`));
    });
  });
}
