import { describe, expect, it } from 'vitest';
import { displayValue } from '#proto/model/display-value';
import type { Query, QueryTerm } from '#proto/model/query';
import { admitTraces } from '#main/decode/walk/admit';
import { encodeTraces } from '#main/decode/walk/encode';
import { walkSpans } from '#main/decode/walk/walk-spans';
import { mayHold } from '#main/store/index/may-hold';
import { readSpanEntry, spanEntryOf, writeSpanEntry } from '#main/store/index/span-entry';
import { cutTerm, foldedLettersTerm } from '#main/store/index/term-hash';
import { holdsTerm, termsOfSpans } from '#main/store/index/terms';
import { attributeTest, flagsOfSource } from '#main/store/read/attribute-test';
import { ChunkContent } from '#main/store/read/chunk-content';
import { evaluateEntry, verdict, type SourceTests } from '#main/store/read/evaluate-entry';
import { evaluateWalked } from '#main/store/read/evaluate-walked';
import { cluesOf } from '#main/store/read/logs/clues';
import { narrowRows } from '#main/store/read/logs/narrow';
import { OddSpanValues } from '#main/store/read/odd-span-values';
import { fitsPlainly } from '#main/store/random-patterns.fixture';
import { seededRandom } from '#main/store/records.fixture';
import { spanMatches, type MatchedSource } from './matches.ts';
import { someQuery, someSource, someSpan, upTo, type Random, type SpanGroup } from './random-traces.fixture.ts';

/** What the store says of single spans, on all three ways of looking at them, against a plain reading of the query. */

function someGroups(random: Random, most: number): SpanGroup[] {
  return [0, 1, 2].map(() => ({
    ...someSource(random),
    items: Array.from({ length: upTo(random, most) }, () => someSpan(random, 1 + upTo(random, 10))),
  }));
}

function serviceOf({ resource }: SpanGroup): string {
  const attribute = resource.attributes.findLast(({ key }) => key === 'service.name');
  return attribute === undefined ? '' : displayValue(attribute.value);
}

function sourceTests(sources: readonly MatchedSource[]): SourceTests & { matches(term: QueryTerm): boolean } {
  const sourceMatches = (term: QueryTerm, id: number): boolean => {
    const source = sources[id] as MatchedSource;
    if (term.kind === 'service') return source.serviceName === term.name;
    if (term.kind === 'like') return term.field === 'service' && fitsPlainly(source.serviceName, term.pattern);
    if (term.kind !== 'attribute' && term.kind !== 'attributeLike' && term.kind !== 'exists') return false;
    const test = attributeTest(term);
    return test.isMetBy(flagsOfSource(test, source));
  };
  return { sourceMatches, matches: (term) => sources.some((_, id) => sourceMatches(term, id)) };
}

function chunkOf(groups: readonly SpanGroup[]) {
  const { pieces } = admitTraces(encodeTraces(groups), 'protobuf');
  const [walked] = pieces;
  if (walked === undefined || pieces.length !== 1) throw new Error('Small enough for one piece.');
  const sources = walked.sources.map(({ resource, scope }) => {
    const group = groups.find((one) => JSON.stringify([one.resource, one.scope]) === JSON.stringify([resource, scope]));
    return { resource, scope, serviceName: group === undefined ? 'unknown' : serviceOf(group) };
  });
  const entry = spanEntryOf(
    walked,
    Uint32Array.from({ length: walked.traceCount }, (_, row) => row + 1),
    Uint32Array.from(sources.keys()),
  );
  return { walked, sources, entry: readSpanEntry(writeSpanEntry(entry)), terms: termsOfSpans(walked) };
}

describe('a query over one chunk', () => {
  it('is answered exactly from the bytes, never wrongly from the entry, and neither filter nor clues lose anything', () => {
    const random = seededRandom(11);
    const certain = { yes: 0, no: 0, maybe: 0, narrowed: 0 };
    for (let round = 0; round < 80; round += 1) {
      const groups = someGroups(random, round % 2 === 0 ? 30 : 5).filter(({ items }) => items.length > 0);
      if (groups.length === 0) continue;
      const { walked, sources, entry, terms } = chunkOf(groups);
      const tests = sourceTests(sources);
      const folded = [foldedLettersTerm, cutTerm].some((term) => holdsTerm(terms, term));
      const spans = groups.flatMap((group) => group.items.map((span) => ({ span, source: { ...group, serviceName: serviceOf(group) } })));
      for (let asked = 0; asked < 40; asked += 1) {
        const query: Query = someQuery(random);
        const expected = spans.map(({ span, source }) => (spanMatches(query, span, source) ? 1 : 0));
        expect({ query, met: [...evaluateWalked(query, walked)] }).toEqual({ query, met: expected });
        const verdicts = evaluateEntry(query, entry, tests);
        for (const [place, one] of verdicts.entries()) {
          if (one === verdict.yes) certain.yes += 1;
          else if (one === verdict.no) certain.no += 1;
          else certain.maybe += 1;
          if (one !== verdict.maybe) expect({ query, met: one === verdict.yes ? 1 : 0 }).toEqual({ query, met: expected[place] });
        }
        const mask = mayHold(
          query,
          1n,
          (term) => (holdsTerm(terms, term) ? 1n : 0n),
          (term) => (tests.matches(term) ? 1n : 0n),
        );
        if (expected.includes(1)) expect({ query, mask }).toEqual({ query, mask: 1n });
        const clues = cluesOf(query).filter(
          ({ isFolded, ofSources }) => !(isFolded && folded) && !ofSources.some((term) => tests.matches(term)),
        );
        const left = narrowRows(new ChunkContent(walked.bytes, walkSpans), [...spans.keys()], clues, OddSpanValues);
        if (left.length < spans.length) certain.narrowed += 1;
        const lost = expected.flatMap((met, row) => (met === 1 && !left.includes(row) ? [row] : []));
        expect({ query, lost }).toEqual({ query, lost: [] });
      }
    }
    // All three ways are taken.
    expect(Math.min(certain.yes, certain.no, certain.maybe)).toBeGreaterThan(1000);
    expect(certain.narrowed).toBeGreaterThan(200);
  });
});
