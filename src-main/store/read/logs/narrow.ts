import type { WalkedLogs } from '#main/decode/walk/walked';
import type { Frame } from '#main/decode/walk/frame';
import type { ByteSearch } from './byte-search.ts';
import type { Clue } from './clues.ts';
import { OddValues } from './odd-values.ts';
import type { ChunkContent } from '../chunk-content.ts';

/** Fewer records are looked at one by one as fast as another clue would be looked for in all of them. */
const fewRecords = 4;

/** Those of `rows`, which ascend, in whose bytes no clue is missing. */
export function narrow(content: ChunkContent<WalkedLogs>, rows: number[], clues: readonly Clue[]): number[] {
  return narrowRows(content, rows, clues, OddValues);
}

/** Whoever knows where records of a signal have values that are shown otherwise than they are sent. */
type OddValuesOf = new (
  bytes: Uint8Array,
  words: readonly string[],
  names: readonly string[] | undefined,
) => { mayShow(start: number, end: number): boolean };

/** Those of `rows`, which ascend, in whose bytes no clue is missing. */
export function narrowRows(content: ChunkContent<unknown>, rows: number[], clues: readonly Clue[], oddValues: OddValuesOf): number[] {
  let left = rows;
  for (const clue of clues) {
    if (left.length <= fewRecords) break;
    left = withClue(content, left, clue, oddValues);
  }
  return left;
}

function withClue(content: ChunkContent<unknown>, rows: number[], { searches, shown, names }: Clue, oddValues: OddValuesOf): number[] {
  const { bytes, frame } = content;
  const holds = rows.length > frame.count * mostOfChunk ? holdingInChunk(bytes, frame, searches) : holdingInRecord(bytes, frame, searches);
  if (shown.length === 0) return rows.filter(holds);
  const odd = new oddValues(bytes, shown, names);
  return rows.filter((row) => holds(row) || odd.mayShow(frame.recordStart[row] as number, frame.recordEnd[row] as number));
}

/** From this share of a chunk's records on, looking through all of it at once is faster. */
const mostOfChunk = 0.25;

function holdingInRecord(bytes: Buffer, { recordStart, recordEnd }: Frame, searches: readonly ByteSearch[]): (row: number) => boolean {
  return (row) => {
    const record = bytes.subarray(recordStart[row], recordEnd[row]);
    return searches.some((search) => search.next(record, 0) >= 0);
  };
}

function holdingInChunk(bytes: Buffer, frame: Frame, searches: readonly ByteSearch[]): (row: number) => boolean {
  const holding = new Uint8Array(frame.count);
  for (const search of searches) markHolding(bytes, frame, search, holding);
  return (row) => holding[row] === 1;
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
