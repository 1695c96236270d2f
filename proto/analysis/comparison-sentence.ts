import { formatCount, plural, times } from '../text/count.ts';
import { formatDuration } from '../text/duration.ts';
import { operationAt, presenceAt, type TraceComparison } from './compare-traces.ts';
import type { TraceChange } from './trace-changes.ts';

/** Plain words, or a name that somebody sent. */
export interface SentencePart {
  readonly kind: 'text' | 'name';
  readonly text: string;
}

/** Two durations that are as near to each other as this are called about the same: no trace takes exactly as long as the one before. */
const aboutTheSame = 0.01;
/** A change that makes up less of the difference is not named as its cause. */
const leastShare = 0.1;
/** Shares above this are given as a factor. */
const mostPercent = 1000;

/** What a person should know first: how much slower or faster B is, through what, and what else is different. `changes`: biggest first. */
export const comparisonSentence = (comparison: TraceComparison, changes: readonly TraceChange[]): SentencePart[] => {
  const parts: SentencePart[] = [...timeParts(comparison, changes), text('.')];
  const rest = [spanWords(comparison), errorWords(comparison)].filter((words) => words !== '');
  return [...parts, ...rest.map((words) => text(` ${words}`))];
};

export const sentenceText = (parts: readonly SentencePart[]): string =>
  parts.map(({ kind, text: words }) => (kind === 'name' ? `\`${words}\`` : words)).join('');

const text = (words: string): SentencePart => ({ kind: 'text', text: words });

const timeParts = (comparison: TraceComparison, changes: readonly TraceChange[]): SentencePart[] => {
  const [aNs, bNs] = [comparison.a, comparison.b].map(({ trace }) => Number(trace.summary.durationNano)) as [number, number];
  const changeNs = bNs - aNs;
  if (changeNs === 0) return [text('B took exactly as long as A')];
  const amount = formatDuration(Math.abs(changeNs));
  if (Math.abs(changeNs) < aboutTheSame * Math.max(aNs, bNs))
    return [text(`B took about as long as A (${amount} ${changeNs > 0 ? 'more' : 'less'})`)];
  return [text(`B is ${slownessWords(amount, changeNs, aNs)}`), ...causeParts(comparison, changes, changeNs)];
};

const slownessWords = (amount: string, changeNs: number, aNs: number): string => {
  const how = changeNs > 0 ? 'slower' : 'faster';
  const share = Math.abs(changeNs) / aNs;
  const percent = share * 100;
  if (aNs === 0) return `${amount} ${how}`;
  if (percent >= mostPercent) return `${amount} ${how}, ${formatCount(Math.round(share + 1))} times as long`;
  return `${amount} (${percent < 1 ? 'under 1 %' : `${Math.round(percent)} %`}) ${how}`;
};

const causeParts = (comparison: TraceComparison, changes: readonly TraceChange[], changeNs: number): SentencePart[] => {
  const cause = changes.find(({ selfChangeNs }) => selfChangeNs * changeNs > 0);
  if (cause === undefined || Math.abs(cause.selfChangeNs) < leastShare * Math.abs(changeNs)) return [];
  const amount = formatDuration(Math.abs(cause.selfChangeNs));
  const how = howWords(comparison, cause);
  // What runs side by side adds up to more than the time that passes.
  const isPart = Math.abs(cause.selfChangeNs) <= Math.abs(changeNs) * (1 + aboutTheSame);
  return [
    text(isPart ? `; ${amount} of it in ` : `; the work in `),
    { kind: 'name', text: operationAt(comparison, cause.node).name },
    text(isPart ? how : `${how}${how === '' ? '' : ','} is ${amount} ${changeNs > 0 ? 'more' : 'less'}`),
  ];
};

const howWords = (comparison: TraceComparison, { node, presence, spansInA, spansInB }: TraceChange): string => {
  if (presence === 'b') return `, which A does not have${withSpans(spansInB)}`;
  if (presence === 'a') return `, which only A has${withSpans(spansInA)}`;
  const [before, after] = [comparison.a.count[node] ?? 0, comparison.b.count[node] ?? 0];
  return before === after ? '' : `, which ran ${times(after)} instead of ${times(before)}`;
};

const withSpans = (spans: number): string => (spans > 1 ? ` (${plural(spans, 'span')})` : '');

const spanWords = (comparison: TraceComparison): string => {
  let [onlyA, onlyB, counts] = [0, 0, 0];
  for (let node = 0; node < comparison.tree.size; node++) {
    const [inA, inB] = [comparison.a.count[node] ?? 0, comparison.b.count[node] ?? 0];
    const presence = presenceAt(comparison, node);
    if (presence === 'a') onlyA += inA;
    else if (presence === 'b') onlyB += inB;
    else if (inA !== inB) counts += 1;
  }
  if (onlyA + onlyB === 0) return counts === 0 ? 'They have the same structure.' : '';
  const words = [`${countWord(onlyA)} only in A`, `${countWord(onlyB)} only in B`];
  return `Of the spans, ${words.join(', ')}.`;
};

const errorWords = ({ a, b }: TraceComparison): string => {
  const [inA, inB] = [a.trace.summary.errorCount, b.trace.summary.errorCount];
  if (inA === inB) return '';
  return inB === 0 ? `A has ${plural(inA, 'error')}, B none.` : `B has ${plural(inB, 'error')}, A ${countWord(inA)}.`;
};

const countWord = (count: number): string => (count === 0 ? 'none' : formatCount(count));
