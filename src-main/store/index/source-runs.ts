import type { Walked } from '#main/decode/walk/walked';
import type { SpanEntry } from './entries.ts';

/** Records of a chunk stand together by source, so that a run of them is enough to tell each one's. `sourceIds` are the ids of `walked.sources`, row by row. */
export function sourceRunsOf({ count, source }: Walked, sourceIds: Uint32Array): Pick<SpanEntry, 'sourceIds' | 'sourceEnds'> {
  const ids: number[] = [];
  const ends: number[] = [];
  for (let row = 0; row < count; row += 1) {
    const id = sourceIds[source[row] as number] as number;
    if (id === ids.at(-1)) ends[ends.length - 1] = row + 1;
    else {
      ids.push(id);
      ends.push(row + 1);
    }
  }
  return { sourceIds: Uint32Array.from(ids), sourceEnds: Uint32Array.from(ends) };
}
