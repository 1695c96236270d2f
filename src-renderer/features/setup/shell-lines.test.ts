import { describe, expect, it } from 'vitest';
import { shellLines } from './shell-lines.ts';

describe('shellLines', () => {
  it.each([
    ['sh', 'export A=b\nexport C=d'],
    ['powershell', '$env:A = "b"\n$env:C = "d"'],
    ['dotenv', 'A=b\nC=d'],
  ] as const)('writes for %s', (shell, lines) => {
    expect(
      shellLines(shell, [
        ['A', 'b'],
        ['C', 'd'],
      ]),
    ).toBe(lines);
  });
});
