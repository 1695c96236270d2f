import type { Trace } from '#proto/analysis/trace';

/** Spans that were found, in tree order, and how many of them lie before each span, so that those in a stretch of the tree are the difference of two. */
export interface FoundSpans {
  /** What was looked for, in lower case. */
  readonly text: string;
  readonly spans: Int32Array;
  /** One entry more than the trace has spans. */
  readonly before: Int32Array;
}

/** Whoever looks for a span id writes no less. */
const leastIdDigits = 4;

/**
 * Spans in whose name, service or status message `text` stands, whichever case it is written in, or whose id begins with it. Looks at each distinct text once, however many spans have it. `undefined` where
 * nothing is asked for.
 */
export const findSpans = (
  trace: Pick<Trace, 'tree' | 'name' | 'service' | 'statusMessage' | 'spanId'>,
  text: string,
): FoundSpans | undefined => {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return undefined;
  const { name, service, statusMessage, spanId, tree } = trace;
  const isNamed = textsWith(name.strings, wanted);
  const isOf = service.strings === name.strings ? isNamed : textsWith(service.strings, wanted);
  const says = statusMessage.strings === name.strings ? isNamed : textsWith(statusMessage.strings, wanted);
  const hasId = wanted.length >= leastIdDigits ? spanId.startingWith(wanted) : undefined;

  const spans = new Int32Array(tree.size);
  const before = new Int32Array(tree.size + 1);
  let count = 0;
  for (let span = 0; span < tree.size; span++) {
    const isFound =
      isNamed[name.codes[span] ?? 0] === 1 ||
      isOf[service.codes[span] ?? 0] === 1 ||
      says[statusMessage.codes[span] ?? 0] === 1 ||
      (hasId !== undefined && hasId(span));
    if (isFound) {
      spans[count] = span;
      count += 1;
    }
    before[span + 1] = count;
  }
  return { text: wanted, spans: spans.slice(0, count), before };
};

const textsWith = (texts: readonly string[], wanted: string): Uint8Array => {
  const flags = new Uint8Array(texts.length);
  for (let index = 0; index < texts.length; index++) if (texts[index]?.toLowerCase().includes(wanted)) flags[index] = 1;
  return flags;
};

/** How many were found from `first` up to, not including, `end`. */
export const foundBetween = ({ before }: FoundSpans, first: number, end: number): number => (before[end] ?? 0) - (before[first] ?? 0);

export const isFound = (found: FoundSpans, span: number): boolean => foundBetween(found, span, span + 1) === 1;

/** The next found span after `from` in `[first, end)`, or the one before it, going round. `undefined` where there is none. */
export const nextFound = (
  found: FoundSpans,
  from: number,
  step: 1 | -1,
  { first, end }: { first: number; end: number },
): number | undefined => {
  const firstPlace = found.before[first] ?? 0;
  const count = foundBetween(found, first, end);
  if (count === 0) return undefined;
  const at = Math.max(first, Math.min(end, from));
  const place = (found.before[at] ?? 0) - firstPlace + (step === -1 ? -1 : isFound(found, at) ? 1 : 0);
  return found.spans[firstPlace + ((place + count) % count)];
};

/** A text in three parts, of which the middle one is what was looked for; undefined where that is not in it. */
export const foundIn = ({ text: wanted }: FoundSpans, text: string): [string, string, string] | undefined => {
  const lower = text.toLowerCase();
  const at = lower.indexOf(wanted);
  // Of the few letters that get longer in lower case, the place is not known.
  if (at < 0 || lower.length !== text.length) return undefined;
  return [text.slice(0, at), text.slice(at, at + wanted.length), text.slice(at + wanted.length)];
};
