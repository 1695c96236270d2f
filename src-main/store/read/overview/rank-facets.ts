import type { Facet } from '#proto/bridge/trace-overview';

/** A field or an attribute key, and what was counted of it. */
export interface CountedKey {
  kind: Facet['kind'];
  key: string;
  /** Whether a span or an event has it itself, rather than its resource or scope. */
  isOwn: boolean;
  /** It has had too many values to choose from. */
  isId: boolean;
  spanCount: number;
  /** The last span that was counted, so that none is counted twice. */
  lastSpan: number;
  values: Map<string, CountedValue>;
}

export interface CountedValue {
  key: CountedKey;
  spanCount: number;
  lastSpan: number;
}

export function countedKey(key: string, kind: Facet['kind']): CountedKey {
  return { kind, key, isOwn: false, isId: false, spanCount: 0, lastSpan: 0, values: new Map() };
}

const mostOwn = 12;
/** What a resource says is mostly the same for all, or goes with the service. */
const mostShared = 4;
const shownValues = 12;
/** Up to as many values can be chosen from even where each span has its own. */
const fewValues = 8;

/** The fields, and the attributes that are of most use to tell spans apart: frequent ones first, with their most frequent values. */
export function rankFacets(fields: readonly CountedKey[], attributes: readonly CountedKey[], spanCount: number): Facet[] {
  const useful = attributes.filter(isUseful).toSorted((a, b) => rankOf(b, spanCount) - rankOf(a, spanCount) || compareTexts(a.key, b.key));
  const own = useful.filter(({ isOwn }) => isOwn).slice(0, mostOwn);
  const shared = useful.filter(({ isOwn, values }) => !isOwn && values.size > 1).slice(0, mostShared);
  return [...fields, ...own, ...shared].map(facetOf);
}

function isUseful({ isId, values, spanCount }: CountedKey): boolean {
  return !isId && values.size > 0 && (values.size <= fewValues || values.size <= spanCount / 2);
}

/** One value that all spans have tells none of them apart. */
function rankOf({ values, spanCount }: CountedKey, all: number): number {
  return values.size === 1 && spanCount === all ? 0 : spanCount;
}

function facetOf({ kind, key, spanCount, values }: CountedKey): Facet {
  const counted = [...values].map(([value, { spanCount: spans }]) => ({ value, spanCount: spans }));
  counted.sort((a, b) => b.spanCount - a.spanCount || compareTexts(a.value, b.value));
  return { kind, key, spanCount, valueCount: values.size, values: counted.slice(0, shownValues) };
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
