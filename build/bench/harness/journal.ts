import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { toMarkdown, type Measured } from './table.ts';

const file = 'docs/performance.md';
const begin = '<!-- measured: written by `npm run bench -- --journal` -->';
const end = '<!-- /measured -->';

/** Rewrites the measured part of `docs/performance.md`; what limits each number is written there by hand. */
export function writeJournal(command: string, measured: readonly Measured[]): void {
  const text = readFileSync(file, 'utf8');
  const [before, rest] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  if (!text.includes(begin) || !text.includes(end)) throw new Error(`${file} has no measured part: ${begin} … ${end}`);
  writeFileSync(file, `${before}${begin}\n\n${machine(command)}\n\n${toMarkdown(measured)}\n\n${rest}`);
}

function machine(command: string): string {
  const [cpu] = cpus();
  const revision = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  const lines = [
    `- Date: ${new Date().toISOString().slice(0, 10)}, revision ${revision}`,
    `- Command: \`${command}\``,
    `- Machine: ${availableParallelism()} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, Node ${process.versions.node}`,
  ];
  return lines.join('\n');
}
