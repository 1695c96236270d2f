import { terminalText } from '#main/base/terminal-text';

/** A line for a person, on stderr: stdout carries only what was asked for. */
export function printError(text: string): void {
  process.stderr.write(`sidelight: ${terminalText(text)}\n`);
}
