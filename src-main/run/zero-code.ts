import { createRequire } from 'node:module';
import path from 'node:path';
import { findProgram, interpreterOf } from './find-program.ts';

/** How a program is started, and what a person should know about its instrumentation. */
export interface Launch {
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  note: string;
}

const python = /^(?:python|pypy)[\d.]*(?:\.exe)?$/i;
const pythonInstrumenter = 'opentelemetry-instrument';
/** Node, and what starts it. */
const node = /^(?:node|nodejs|npm|npx|pnpm|yarn|tsx)(?:\.exe|\.cmd)?$/i;
const nodeInstrumentation = '@opentelemetry/auto-instrumentations-node';

/** Starts a Python or Node program under OpenTelemetry's zero-code instrumentation where that is installed for it; any other program as it is. */
export function instrument(command: string, args: readonly string[], env: NodeJS.ProcessEnv, folder: string): Launch {
  const plain = { command, args, env };
  const file = findProgram(command, env, folder);
  if (file === undefined || isName(file, pythonInstrumenter)) return { ...plain, note: '' };
  const runtime = runtimeOf(file);
  if (python.test(path.basename(runtime))) return instrumentPython(plain, file, runtime, folder);
  if (node.test(path.basename(runtime))) return instrumentNode(plain, folder);
  return { ...plain, note: 'no zero-code instrumentation is known for this program' };
}

/** What a script runs on; a program itself otherwise. A name stays one. */
function runtimeOf(file: string): string {
  return node.test(path.basename(file)) || python.test(path.basename(file)) ? file : (interpreterOf(file) ?? file);
}

type PlainLaunch = Omit<Launch, 'note'>;

/** The one that is installed for this Python: in a virtual environment they are neighbours, so links are not followed. */
function instrumentPython({ command, args, env }: PlainLaunch, file: string, runtime: string, folder: string): Launch {
  const interpreter = findProgram(runtime, env, folder) ?? file;
  const found = findProgram(path.join(path.dirname(interpreter), pythonInstrumenter), env, folder);
  if (found === undefined) {
    const note = `no zero-code instrumentation: opentelemetry-distro is not installed for ${interpreter}`;
    return { command, args, env, note };
  }
  return { command: found, args: [file, ...args], env, note: `instrumented by ${pythonInstrumenter}` };
}

function instrumentNode({ command, args, env }: PlainLaunch, folder: string): Launch {
  const hook = resolveFrom(folder, `${nodeInstrumentation}/register`);
  if (hook === undefined) return { command, args, env, note: `no zero-code instrumentation: ${nodeInstrumentation} is not installed here` };
  const own = env['NODE_OPTIONS'] ?? '';
  if (own.includes(nodeInstrumentation)) return { command, args, env, note: `instrumented by your own NODE_OPTIONS` };
  // NODE_OPTIONS is split at spaces; inside quotes a backslash escapes.
  const quoted = `--require "${hook.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const options = [own, quoted].filter((part) => part !== '').join(' ');
  return { command, args, env: { ...env, NODE_OPTIONS: options }, note: `instrumented by ${nodeInstrumentation}` };
}

function resolveFrom(folder: string, name: string): string | undefined {
  try {
    return createRequire(path.join(path.resolve(folder), 'index.js')).resolve(name);
  } catch {
    return undefined;
  }
}

function isName(file: string, name: string): boolean {
  return path.basename(file).replace(/\.exe$/i, '') === name;
}
