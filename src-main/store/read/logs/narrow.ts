import type { WalkedLogs } from '#main/decode/walk/walked';
import type { Frame } from '#main/decode/walk/frame';
import type { ByteSearch } from './byte-search.ts';
import type { Clue } from './clues.ts';
import { OddValues } from './odd-values.ts';
import type { ChunkContent } from '../chunk-content.ts';

/** Fewer records are looked at one by one as fast as another clue would be looked for in all of them. */
const fewRecords = 4;

/** Takes the mark off records in whose bytes a clue is missing; returns the rows that are left, in order. */
export function narrow(content: ChunkContent<WalkedLogs>, marks: Uint8Array, clues: readonly Clue[]): number[] {
  return narrowRows(content, markedRows(marks), clues, OddValues);
}

/** Whoever knows where records of a signal have values that are shown otherwise than they are sent. */
type OddValuesOf = new (bytes: Uint8Array, words: readonly string[]) => { mayShow(start: number, end: number): boolean };

/** Those of `rows`, which ascend, in whose bytes no clue is missing. */
export function narrowRows(content: ChunkContent<unknown>, rows: number[], clues: readonly Clue[], oddValues: OddValuesOf): number[] {
  let left = rows;
  for (const clue of clues) {
    if (left.length <= fewRecords) break;
    left = withClue(content, left, clue, oddValues);
  }
  return left;
}

function markedRows(marks: Uint8Array): number[] {
  const rows: number[] = [];
  for (let row = 0; row < marks.length; row += 1) if (marks[row] === 1) rows.push(row);
  return rows;
}

function withClue({ bytes, frame }: ChunkContent<unknown>, rows: number[], { searches, shown }: Clue, oddValues: OddValuesOf): number[] {
  const holding = new Uint8Array(frame.count);
  for (const search of searches) markHolding(bytes, frame, search, holding);
  if (shown.length === 0) return rows.filter((row) => holding[row] === 1);
  const odd = new oddValues(bytes, shown);
  return rows.filter((row) => holding[row] === 1 || odd.mayShow(frame.recordStart[row] as number, frame.recordEnd[row] as number));
}

/** Marks the records whose bytes hold what is searched. */
function markHolding(bytes: Buffer, { count, recordStart, recordEnd }: Frame, search: ByteSearch, holding: Uint8Array): void {
  let row = 0;
  for (let at = search.next(bytes, 0); at >= 0 && row < count; at = search.next(bytes, Math.max(at + 1, recordEnd[row - 1] ?? 0))) {
    while (row < count && (recordEnd[row] as number) <= at) row += 1;
    if (row < count && (recordStart[row] as number) <= at) {
      holding[row] = 1;
      row += 1;
    }
  }
}
