import { Placement } from '#proto/analysis/span-tree';
import type { Trace } from '#proto/analysis/trace';
import { formatDuration } from '#proto/text/duration';

/** Something about a span that its bar cannot show or that makes its bar mean less: in a few words for its row, and in a sentence. */
export interface SpanNote {
  readonly words: string;
  readonly sentence: string;
}

const placed: Partial<Record<number, SpanNote>> = {
  [Placement.parentMissing]: {
    words: 'no parent yet',
    sentence: 'Its parent has not arrived: it is still running, was not sampled, or its service sends elsewhere.',
  },
  [Placement.ownParent]: { words: 'its own parent', sentence: 'The span names itself as its parent.' },
  [Placement.cycle]: { words: 'cycle', sentence: 'Its parents lead back to itself; the circle was broken here.' },
};

const backwards: SpanNote = {
  words: 'ends before it starts',
  sentence: 'It ends before it starts: the clock was set back, or the sender is wrong.',
};

/** `shiftNs`: what the clocks of spans seem to be off by, and whether that is made good in what is shown. */
export const spanNotes = (
  { tree, durationNs, service }: Pick<Trace, 'tree' | 'durationNs' | 'service'>,
  span: number,
  { shiftNs, isAdjusted }: { shiftNs: Float64Array; isAdjusted: boolean },
): SpanNote[] => {
  const notes: SpanNote[] = [];
  const placement = placed[tree.placement[span] ?? Placement.child];
  if (placement !== undefined) notes.push(placement);
  if ((durationNs[span] ?? 0) < 0) notes.push(backwards);
  const above = tree.parent[span] ?? -1;
  const offByNs = (shiftNs[span] ?? 0) - (shiftNs[above] ?? 0);
  // Below the span at which another clock begins, all are off by the same.
  if (above >= 0 && offByNs !== 0 && service.codes[above] !== service.codes[span]) notes.push(clockNote(offByNs, isAdjusted));
  return notes;
};

const clockNote = (offByNs: number, isAdjusted: boolean): SpanNote => {
  const amount = formatDuration(Math.abs(offByNs));
  const side = offByNs > 0 ? 'behind' : 'ahead';
  return isAdjusted
    ? { words: `moved ${amount}`, sentence: `Moved ${amount} ${offByNs > 0 ? 'later' : 'earlier'}, so that it lies within its parent.` }
    : { words: `clock ${amount} ${side}`, sentence: `It lies outside its parent, so its clock seems to be ${amount} ${side}.` };
};
