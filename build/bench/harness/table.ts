import { isMet, measuredText, targetText, type Figure } from './figure.ts';

export interface Measured {
  name: string;
  figures: readonly Figure[];
  /** Why there are none, or not all. */
  failure?: string | undefined;
}

const headings = ['', 'measured', 'target', '', 'from'] as const;

/** For a terminal: columns, a line a figure. */
export function toText(measured: readonly Measured[]): string {
  const rows = [headings, ...measured.flatMap(rowsOf)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function toMarkdown(measured: readonly Measured[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [
    line(headings),
    line(headings.map((_, column) => (column === 1 || column === 2 ? '---:' : '---'))),
    ...measured.flatMap(rowsOf).map(line),
  ].join('\n');
}

function rowsOf({ name, figures, failure }: Measured): string[][] {
  const rows = figures.map((figure) => [
    `${name}: ${figure.what}`,
    measuredText(figure),
    targetText(figure),
    { true: 'ok', false: 'NOT MET', undefined: '' }[String(isMet(figure)) as 'true' | 'false' | 'undefined'],
    figure.from ?? '',
  ]);
  return failure === undefined ? rows : [...rows, [name, 'failed', '', 'FAILED', failure]];
}
