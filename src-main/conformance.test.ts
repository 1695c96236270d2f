import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** `docs/conformance.md` says for each row what shows it; a row without a test that is named after it is a promise. */

const sections = { T: 17, R: 16, J: 9, D: 9, S: 11, L: 8 };
const rows = Object.entries(sections).flatMap(([letter, count]) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`));

const root = new URL('..', import.meta.url);
const table = readFileSync(new URL('docs/conformance.md', root), 'utf8');
const files = globSync(['src-main/**/*.test.ts', 'proto/**/*.test.ts'], { cwd: root });
/** Of a test or a group of tests; of a table of tests, which ends in a line of its own, too. */
const titlePattern = /(?:\b(?:it|describe)\b[^\n]*?|\] ?(?:as const)?\))\((['"`])(.+?)\1/g;
const titles = files.flatMap((file) =>
  [...readFileSync(new URL(file, root), 'utf8').matchAll(titlePattern)].map(([, , text]) => text ?? ''),
);

const namesRow = (row: string, text: string): boolean => new RegExp(String.raw`\b${row}\b`).test(text);

describe('every row of OTLP that a server must or should do', () => {
  it.each(rows)('%s stands in the table', (row) => {
    expect(table.split('\n').some((line) => line.startsWith('|') && namesRow(row, line.split('|')[1] ?? ''))).toBe(true);
  });

  it.each(rows)('%s has a test that is named after it', (row) => {
    expect(titles.filter((title) => namesRow(row, title))).not.toEqual([]);
  });

  it('names only test files that are there', () => {
    const named = [...table.matchAll(/`((?:src-main|src-renderer|proto|e2e)\/[^`]+\.(?:test|spec)\.tsx?)`/g)].map(([, file]) => file ?? '');
    expect(named.length).toBeGreaterThan(10);
    for (const file of named) expect(globSync(file, { cwd: root })).toEqual([file]);
  });
});
