import { spawn } from 'node:child_process';

/** `npm run check`: format, lint, types, arrows, dead code. Each failing check prints what it said and, where there is one, the command that mends it. */
interface Check {
  name: string;
  command: readonly string[];
  fix?: string;
}

const checks: readonly Check[] = [
  { name: 'format', command: ['oxfmt', '--check'], fix: 'npx oxfmt' },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'], fix: 'npx oxlint --type-aware --fix' },
  { name: 'types of proto', command: ['tsc', '-p', 'proto'] },
  { name: 'types of src-main', command: ['tsc', '-p', 'src-main'] },
  { name: 'types of src-renderer', command: ['tsc', '-p', 'src-renderer'] },
  { name: 'types of build and e2e', command: ['tsc', '-p', 'build'] },
  { name: 'import arrows', command: ['depcruise', 'proto', 'src-main', 'src-renderer', 'e2e', 'build'] },
  { name: 'dead code', command: ['knip'] },
];

function run({ name, command, fix }: Check): Promise<boolean> {
  const started = performance.now();
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      if (code !== 0) console.log(output.trimEnd() + (fix === undefined ? '' : `\n  mend it with: ${fix}`));
      resolve(code === 0);
    });
  });
}

const results: boolean[] = [];
const queue = [...checks];
const workers = Array.from({ length: 2 }, async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) results.push(await run(next));
});
await Promise.all(workers);
process.exitCode = results.every(Boolean) ? 0 : 1;
