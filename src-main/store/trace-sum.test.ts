import { describe, expect, it } from 'vitest';
import { admitTraces } from '#main/decode/walk/admit';
import { encodeTraces } from '#main/decode/walk/encode';
import { readText } from '#main/decode/walk/records';
import type { Span } from '#proto/model/span';
import { plainScope, resourceOf, seededRandom, spanIdOf, spanOf, traceIdOf } from './records.fixture.ts';
import { addSum, longestOf, subtractSum, sumTraces, type SummedSpans, type TraceSum } from './trace-sum.ts';

const random = seededRandom(11);
const below = (limit: number): number => Math.floor(random() * limit);
const someTime = (): bigint =>
  [0n, 1n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n, BigInt(below(2 ** 31)) * BigInt(below(2 ** 31))][below(7)] ?? 0n;

function randomSpan(): Span {
  return spanOf({
    traceId: traceIdOf(1 + below(6)),
    name: `name ${below(5)}`,
    parentSpanId: below(3) === 0 ? '' : spanIdOf(1 + below(100)),
    startTimeUnixNano: String(someTime()),
    endTimeUnixNano: String(someTime()),
    status: { code: below(3), message: '' },
  });
}

/** One chunk of spans, each with its service, and how it is summed. Ordinals are those of the trace ids; ids of sources those of the services. */
function chunk(count: number): { spans: [service: number, span: Span][]; summed: SummedSpans } {
  const spans = Array.from({ length: count }, () => [1 + below(4), randomSpan()] as [number, Span]);
  const groups = spans.map(([service, span]) => ({ resource: resourceOf(String(service)), scope: plainScope, items: [span] }));
  const [walked] = admitTraces(encodeTraces(groups), 'protobuf').pieces;
  if (walked === undefined) throw new Error('Spans make a piece.');
  const ordinals = Uint32Array.from({ length: walked.traceCount }, (_, row) => walked.traceIds[row * 16 + 15] ?? 0);
  const sourceIds = Uint32Array.from(walked.sources, ({ resource }) => {
    const [name] = resource.attributes;
    return name !== undefined && 'stringValue' in name.value ? Number(name.value.stringValue) : 0;
  });
  return { spans, summed: { columns: walked, ordinals, sourceIds, nameOf: (row) => readText(walked, row) } };
}

/** What the sum of one trace should be, found the plain way. */
function plainSum(spans: readonly [number, Span][]): TraceSum {
  const roots = spans.filter(([, span]) => span.parentSpanId === '');
  const candidates = roots.length > 0 ? roots : spans;
  const startOf = ([, span]: [number, Span]): bigint => BigInt(span.startTimeUnixNano);
  const root = candidates.reduce((best, candidate) => (startOf(candidate) < startOf(best) ? candidate : best));
  const isError = ([, span]: [number, Span]): boolean => span.status.code === 2;
  const services = [...new Set(spans.map(([service]) => service))];
  return {
    spanCount: spans.length,
    errorCount: spans.filter(isError).length,
    startNs: spans.map(startOf).reduce((a, b) => (a < b ? a : b)),
    endNs: spans.map(([, span]) => BigInt(span.endTimeUnixNano)).reduce((a, b) => (a > b ? a : b)),
    hasRoot: roots.length > 0,
    rootName: root[1].name,
    rootSource: root[0],
    rootStartNs: startOf(root),
    sources: services.map((service) => {
      const own = spans.filter(([of]) => of === service);
      return [service, own.length, own.filter(isError).length];
    }),
  };
}

const ofTrace = (spans: readonly [number, Span][], ordinal: number) => spans.filter(([, span]) => span.traceId === traceIdOf(ordinal));

describe('sumTraces', () => {
  it('says what adding up span by span says, over one chunk or several', () => {
    for (let round = 0; round < 50; round += 1) {
      const chunks = Array.from({ length: 1 + below(4) }, () => chunk(1 + below(40)));
      const sums = sumTraces(
        chunks.map(({ summed }) => summed),
        (ordinal) => ordinal !== 3,
      );
      const spans = chunks.flatMap((part) => part.spans);
      expect(sums.has(3)).toBe(false);
      for (const ordinal of [1, 2, 4, 5, 6]) {
        const own = ofTrace(spans, ordinal);
        expect(sums.get(ordinal)).toEqual(own.length === 0 ? undefined : plainSum(own));
      }
    }
  });

  it('gives sums that can be added and taken apart', () => {
    for (let round = 0; round < 50; round += 1) {
      const [first, second] = [chunk(40), chunk(40)];
      const both = sumTraces([first.summed, second.summed], () => true);
      const sums = sumTraces([first.summed], () => true);
      const more = sumTraces([second.summed], () => true);
      for (const [ordinal, sum] of sums) {
        const { spanCount, errorCount, sources } = structuredClone(sum);
        const added = more.get(ordinal);
        if (added === undefined) continue;
        addSum(sum, added);
        expect(sum).toEqual(both.get(ordinal));
        subtractSum(sum, added);
        expect(sum).toMatchObject({ spanCount, errorCount, sources });
      }
    }
  });
});

describe('longestOf', () => {
  it('is the longest duration, and for those beyond 104 days at least that', () => {
    for (let round = 0; round < 200; round += 1) {
      const { spans, summed } = chunk(1 + below(5));
      const longest = spans
        .map(([, span]) => BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano))
        .reduce((a, b) => (a > b ? a : b), 0n);
      const found = longestOf(summed.columns);
      if (longest <= Number.MAX_SAFE_INTEGER) expect(found).toBe(longest);
      else expect(found).toBe(2n ** 63n - 1n);
    }
  });
});
