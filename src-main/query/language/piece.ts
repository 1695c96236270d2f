/** Some characters of a query, and whether they were in quotes. */
export interface Piece {
  /** What they stand for, without quotes and escapes. */
  text: string;
  quoted: boolean;
  start: number;
  /** As they were written, from `start` on. */
  raw: string;
}

/** Where in the query the character is that stands for the one at `index` of a piece's text. */
export function placeIn({ quoted, start, raw }: Piece, index: number): number {
  if (!quoted) return start + index;
  let at = 1;
  for (let passed = 0; passed < index; passed += 1) at += /^\\["\\]/u.test(raw.slice(at, at + 2)) ? 2 : 1;
  return start + at;
}
