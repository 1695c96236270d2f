import { describe, expect, it } from 'vitest';
import type { AnyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import type { Query, QueryTerm } from '#proto/model/query';
import { attributeNames } from '#proto/model/semantic-conventions';
import { mayHold } from './may-hold.ts';
import { Random } from './random.fixture.ts';
import { randomSpan, searchedSpan, walkedSpansOf, type MadeSpan } from './telemetry.fixture.ts';
import { blockOf, buildFilter, maskOf } from './term-filter.ts';
import { holdsTerm, termsOfSpans } from './terms.ts';
import { wordsOf } from './words.ts';

/** Whether one span meets a query, the slow and obvious way, as far as the filter has a say: what it knows nothing of is true, except where `not` would turn it round. */
function meets(span: MadeSpan, query: Query): boolean {
  switch (query.kind) {
    case 'and':
      return query.of.every((part) => meets(span, part));
    case 'or':
      return query.of.some((part) => meets(span, part));
    case 'not':
      return !meets(span, query.query);
    case 'text':
      return searchedSpan(span).fields.some((field) => holdsPhrase(wordsOf(field), wordsOf(query.text), query.prefix));
    case 'name':
      return span.name === query.name;
    case 'status':
      return span.status.code === { unset: 0, ok: 1, error: 2 }[query.status];
    case 'duration':
      return compare(Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)), query.comparison, Number(query.ns));
    case 'exists':
      return valuesOf(span, query.key).length > 0;
    case 'attribute':
      return meetsAttribute(valuesOf(span, query.key), query);
    case 'attributeLike':
    case 'like':
    case 'service':
    case 'severity':
    case 'spanKind':
      return true;
  }
}

function holdsPhrase(words: readonly string[], phrase: readonly string[], prefix: boolean): boolean {
  return words.some((_, start) =>
    phrase.every((word, index) => {
      const there = words[start + index] ?? '\0';
      return prefix && index === phrase.length - 1 ? there.startsWith(word) : there === word;
    }),
  );
}

function valuesOf(span: MadeSpan, key: string): AnyValue[] {
  const names = attributeNames(key);
  return searchedSpan(span).attributes.flatMap((attribute) => (names.includes(attribute.key) ? [attribute.value] : []));
}

function meetsAttribute(values: readonly AnyValue[], { comparison, value }: Extract<QueryTerm, { kind: 'attribute' }>): boolean {
  const shown = values.map(displayValue);
  if (comparison === '=') return shown.includes(value);
  if (comparison === '!=') return shown.length > 0 && !shown.includes(value);
  return shown.some((text) => text.trim() !== '' && compare(Number(text), comparison, Number(value)));
}

function compare(left: number, comparison: string, right: number): boolean {
  const sign = Math.sign(left - right);
  return { '=': sign === 0, '!=': sign !== 0, '<': sign < 0, '<=': sign <= 0, '>': sign > 0, '>=': sign >= 0 }[comparison] ?? false;
}

const comparisons = ['=', '=', '=', '!=', '<', '>='] as const;

function randomTerm(random: Random): QueryTerm {
  const key = random.pick(['http.request.method', 'http.method', 'Größe', 'queue.length', 'id', 'missing', '']);
  switch (random.below(7)) {
    case 0:
      return {
        kind: 'text',
        text: random.pick(['refused', 'connection refused', 'große', 'GROESSE', 'a1b2c3d4e5', 'エラー', 'it failed', '503']),
        prefix: false,
      };
    case 1:
      return {
        kind: 'text',
        text: random.pick(['conn', 'connection re', 'a', 'ab', 'abc', 'abcd', 'abcde', 'a1b', 'a1b2c3', '検', 'zz']),
        prefix: true,
      };
    case 2:
      return { kind: 'name', name: random.pick(['GET /cart', 'größe', '', 'nothing']) };
    case 3:
      return { kind: 'status', status: random.pick(['error', 'error', 'ok', 'unset']) };
    case 4:
      return {
        kind: 'duration',
        comparison: random.pick(['>', '>=', '<', '=']),
        ns: random.pick(['5', '999999999', '1000000000', '2000000000']),
      };
    case 5:
      return { kind: 'exists', key };
    default:
      return {
        kind: 'attribute',
        key,
        comparison: random.pick(comparisons),
        value: random.pick(['GET', '503', 'true', '["GET"]', '', '7', 'connection refused', 'null']),
      };
  }
}

function randomQuery(random: Random, depth = 0): Query {
  const lot = random.below(depth > 2 ? 1 : 6);
  if (lot < 2) return randomTerm(random);
  if (lot === 2) return { kind: 'not', query: randomQuery(random, depth + 1) };
  return { kind: lot === 3 ? 'or' : 'and', of: random.list(3, () => randomQuery(random, depth + 1)) };
}

const random = new Random(5);
const chunks = Array.from({ length: 64 }, () => random.list(3, () => randomSpan(random)));
const terms = chunks.map((spans) => termsOfSpans(walkedSpansOf(spans)));
const all = 2n ** 64n - 1n;
const bits = (isSet: (chunk: number) => boolean): bigint =>
  chunks.reduce((mask, _, chunk) => (isSet(chunk) ? mask | (1n << BigInt(chunk)) : mask), 0n);
const hasTerm = (term: number): bigint => bits((chunk) => holdsTerm(terms[chunk] as Uint32Array, term));
const filter = buildFilter(terms);
const mayHaveTerm = (term: number): bigint => maskOf(filter[blockOf(term, filter.length)] as Uint8Array, filter.length, term);
const noSource = (): bigint => 0n;

describe('mayHold', () => {
  it('rules out no chunk with a span that meets the query, and most others', () => {
    let ruledOut = 0;
    let right = 0;
    for (let turn = 0; turn < 3000; turn += 1) {
      const query = randomQuery(random);
      const truth = bits((chunk) => chunks[chunk]?.some((span) => meets(span, query)) ?? false);
      const mask = mayHold(query, all, hasTerm, noSource);
      expect(mask & truth).toBe(truth);
      const filtered = mayHold(query, all, mayHaveTerm, noSource);
      expect(filtered & mask).toBe(mask);
      ruledOut += bitCount(all & ~filtered);
      right += bitCount(all & ~truth);
    }
    expect(ruledOut / right).toBeGreaterThan(0.3);
  });

  it('looks for an attribute beside status:error and a long duration on such spans alone', () => {
    const attribute: Query = { kind: 'attribute', key: 'order-id', comparison: '=', value: 'GET' };
    const beside: Query[] = [
      { kind: 'status', status: 'error' },
      { kind: 'duration', comparison: '>', ns: '1000000000' },
    ];
    const holds = (span: MadeSpan): boolean => meets(span, attribute);
    const slowAndFailed = mayHold(
      {
        kind: 'and',
        of: [
          { kind: 'and', of: beside },
          { kind: 'or', of: [attribute] },
        ],
      },
      all,
      hasTerm,
      noSource,
    );
    const failed = (span: MadeSpan): boolean => span.status.code === 2;
    const slow = (span: MadeSpan): boolean => BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano) >= 1_000_000_000n;
    expect(slowAndFailed).toBe(
      bits(
        (chunk) =>
          (chunks[chunk]?.some((span) => holds(span) && failed(span)) && chunks[chunk]?.some((span) => holds(span) && slow(span))) ?? false,
      ),
    );
    expect(mayHold(attribute, all, hasTerm, noSource)).toBe(bits((chunk) => chunks[chunk]?.some(holds) ?? false));
  });

  it('leaves sources to the caller, and asks for those of the right terms', () => {
    const term: QueryTerm = { kind: 'attribute', key: 'missing', comparison: '=', value: 'x' };
    const asked: QueryTerm[] = [];
    const sourceMask = (one: QueryTerm): bigint => {
      asked.push(one);
      return 0b101n;
    };
    const failedThere: Query = { kind: 'and', of: [term, { kind: 'status', status: 'error' }, { kind: 'service', name: 'api' }] };
    expect(mayHold(failedThere, 0b111n, () => 0n, sourceMask)).toBe(0b101n);
    expect(mayHold({ kind: 'exists', key: 'missing' }, 0b011n, () => 0n, sourceMask)).toBe(0b001n);
    expect(asked).toEqual([term, { kind: 'exists', key: 'missing' }]);
  });

  it('says nothing of what it does not know', () => {
    const nothing = (): bigint => 0n;
    const unknown: Query[] = [
      { kind: 'and', of: [] },
      { kind: 'not', query: { kind: 'exists', key: 'x' } },
      { kind: 'service', name: 'x' },
      { kind: 'spanKind', spanKind: 2 },
      { kind: 'severity', comparison: '>=', severity: 9 },
      { kind: 'text', text: 'x', prefix: true },
      { kind: 'text', text: '--', prefix: false },
    ];
    for (const query of unknown) expect(mayHold(query, 0b11n, nothing, nothing)).toBe(0b11n);
    expect(mayHold({ kind: 'or', of: [] }, 0b11n, nothing, nothing)).toBe(0n);
  });
});

function bitCount(mask: bigint): number {
  return mask.toString(2).replaceAll('0', '').length;
}
