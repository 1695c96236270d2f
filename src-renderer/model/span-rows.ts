import type { Dimension } from '#proto/analysis/dimension';

/** In which spans stand in a table; ties in tree order, whichever way round. */
export const sortSpans = (spans: Int32Array, values: ArrayLike<number>, isDescending: boolean): Int32Array => {
  const sign = isDescending ? -1 : 1;
  return spans.toSorted((a, b) => sign * ((values[a] ?? 0) - (values[b] ?? 0)) || a - b);
};

/** A number a span that puts spans in the alphabetical order of their labels; those without one last. */
export const alphabetical = ({ labels, codes }: Dimension): Float64Array => {
  const order = labels
    .map((label, code) => ({ label, code }))
    .toSorted((a, b) =>
      a.label === undefined || b.label === undefined
        ? Number(a.label === undefined) - Number(b.label === undefined)
        : compareText(a.label, b.label),
    );
  const rank = new Uint32Array(labels.length);
  for (const [place, { code }] of order.entries()) rank[code] = place;
  return Float64Array.from(codes, (code) => rank[code] ?? 0);
};

const collator = new Intl.Collator('en', { numeric: true });
const compareText = (a: string, b: string): number => collator.compare(a, b);

/** Those of `spans` that have each of the words in the label of one of `dimensions`, or an id that begins with it. Case does not matter. */
export const spansWithWords = (
  spans: Int32Array,
  text: string,
  dimensions: readonly Dimension[],
  idAt: (span: number) => string,
): Int32Array => {
  const tests = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => wordTest(word, dimensions, idAt));
  return tests.length === 0 ? spans : spans.filter((span) => tests.every((test) => test(span)));
};

/** Looks at each label once, and at ids only for what may be the beginning of one. */
const wordTest = (word: string, dimensions: readonly Dimension[], idAt: (span: number) => string): ((span: number) => boolean) => {
  const meeting = dimensions.map(({ labels, codes }) => ({
    codes,
    isMet: Uint8Array.from(labels, (label) => (label?.toLowerCase().includes(word) === true ? 1 : 0)),
  }));
  const mayBeId = /^[0-9a-f]{3,16}$/.test(word);
  return (span) => meeting.some(({ codes, isMet }) => isMet[codes[span] ?? 0] === 1) || (mayBeId && idAt(span).startsWith(word));
};

/** Those of `spans` that have the label; without one those that have none or an empty one, which an address does not tell apart. */
export const spansWithLabel = (spans: Int32Array, { labels, codes }: Dimension, label: string | undefined): Int32Array => {
  const isMet = labels.map((one) => (one ?? '') === (label ?? ''));
  return spans.filter((span) => isMet[codes[span] ?? 0] === true);
};

export const allSpans = (size: number): Int32Array => Int32Array.from({ length: size }, (_, span) => span);
