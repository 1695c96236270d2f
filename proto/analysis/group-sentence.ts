import { formatCount, plural, times } from '../text/count.ts';
import { formatDuration } from '../text/duration.ts';
import { hasChanged, type OperationComparison, type OperationSample, type TraceGroup } from './compare-groups.ts';
import type { SentencePart } from './comparison-sentence.ts';

/** What a person should know first of two groups of traces. `operations`: biggest change first. */
export const groupSentence = (a: TraceGroup, b: TraceGroup, operations: readonly OperationComparison[]): SentencePart[] => {
  if (a.traceCount === 0 || b.traceCount === 0) {
    const empty =
      a.traceCount === 0 && b.traceCount === 0 ? 'Neither group has a trace' : `Group ${a.traceCount === 0 ? 'A' : 'B'} has no trace`;
    return [text(`${empty}: there is nothing to compare.`)];
  }
  const changed = operations.filter(hasChanged);
  const unclear = operations.filter(({ latency }) => latency === 'unclear').length;
  const doubt = unclear === 0 ? '' : ` ${formatCount(unclear)} of ${plural(operations.length, 'operation')} ran in too few traces to tell.`;
  const [first] = changed;
  if (first === undefined) return [text(`No operation changed by more than chance would make it.${doubt}`)];
  return [...changeParts(first), text(`. ${countsOf(changed)}.${doubt}`)];
};

const text = (words: string): SentencePart => ({ kind: 'text', text: words });

const changeParts = ({ name, latency, errors, runs, a, b }: OperationComparison): SentencePart[] => [
  { kind: 'name', text: name },
  text(latencyWords(latency, a.p50Ns ?? 0, b.p50Ns ?? 0) ?? runsWords(runs, a, b) ?? errorWords(errors, a, b)),
];

const latencyWords = (latency: OperationComparison['latency'], before: number, after: number): string | undefined => {
  switch (latency) {
    case 'appeared':
      return ` is new, and takes ${formatDuration(after)} at the median`;
    case 'vanished':
      return ` is gone; it took ${formatDuration(before)} at the median`;
    case 'slower':
    case 'faster':
      return ` became ${latency}: ${formatDuration(before)} at the median before, ${formatDuration(after)} after`;
    default:
      return undefined;
  }
};

const runsWords = (runs: OperationComparison['runs'], a: OperationSample, b: OperationSample): string | undefined =>
  runs === 'none'
    ? undefined
    : ` runs ${runs === 'more' ? 'more' : 'less'} often: ${runsPerTrace(a)} a trace before, ${runsPerTrace(b)} after`;

const runsPerTrace = ({ spanCount, traceCount }: OperationSample): string =>
  times(Math.round((10 * spanCount) / Math.max(1, traceCount)) / 10);

const errorWords = (errors: OperationComparison['errors'], a: OperationSample, b: OperationSample): string =>
  ` fails ${errors === 'more' ? 'more' : 'less'} often: ${errorShare(a)} before, ${errorShare(b)} after`;

const errorShare = ({ errorCount, spanCount }: OperationSample): string =>
  `${Math.round((100 * errorCount) / Math.max(1, spanCount))} % of ${plural(spanCount, 'span')}`;

const countsOf = (changed: readonly OperationComparison[]): string => {
  const count = (is: (one: OperationComparison) => boolean, words: string): string[] => {
    const found = changed.filter(is).length;
    return found === 0 ? [] : [`${formatCount(found)} ${words}`];
  };
  const words = [
    ...count(({ latency }) => latency === 'appeared', 'appeared'),
    ...count(({ latency }) => latency === 'vanished', 'vanished'),
    ...count(({ latency }) => latency === 'slower', 'slower'),
    ...count(({ latency }) => latency === 'faster', 'faster'),
    ...count(({ runs }) => runs === 'more', 'running more often'),
    ...count(({ runs }) => runs === 'fewer', 'running less often'),
    ...count(({ errors }) => errors === 'more', 'failing more often'),
    ...count(({ errors }) => errors === 'fewer', 'failing less often'),
  ];
  return `In all: ${words.join(', ')}`;
};
