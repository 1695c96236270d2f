import type { GridSort } from './Grid.tsx';

/** `-duration`: by duration, the longest first. */
export const readSort = (text: string | undefined, columns: readonly string[], otherwise: GridSort): GridSort => {
  if (text === undefined) return otherwise;
  const isDescending = text.startsWith('-');
  const column = isDescending ? text.slice(1) : text;
  return columns.includes(column) ? { column, isDescending } : otherwise;
};

export const writeSort = ({ column, isDescending }: GridSort): string => (isDescending ? `-${column}` : column);
