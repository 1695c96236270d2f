import { describe, expect, it } from 'vitest';
import { Random } from './random.fixture.ts';
import { blockBytes, blockOf, buildFilter, maskOf } from './term-filter.ts';
import { cutTerm, everythingTerm, kindOfTerm, termKind } from './term-hash.ts';
import { termOfPair } from './terms.ts';
import { termOfWord, termsOfPrefix } from './word-terms.ts';

const random = new Random(1);
const distinctTerms = (count: number): Uint32Array => {
  const terms = new Set<number>();
  while (terms.size < count) terms.add(random.u32());
  return Uint32Array.from(terms).filter((term) => term > cutTerm);
};

function masks(blocks: readonly Uint8Array[]): (term: number) => bigint {
  return (term) => maskOf(blocks[blockOf(term, blocks.length)] as Uint8Array, blocks.length, term);
}

const has = (mask: bigint, chunk: number): boolean => ((mask >> BigInt(chunk)) & 1n) === 1n;

describe('a filter', () => {
  const chunks = Array.from({ length: 64 }, () => distinctTerms(2000 + random.below(400)));
  const blocks = buildFilter(chunks);
  const maskOfTerm = masks(blocks);

  it('never denies a term that a chunk has', () => {
    for (const [chunk, terms] of chunks.entries()) expect(terms.every((term) => has(maskOfTerm(term), chunk))).toBe(true);
  });

  it('is wrong about one chunk in a thousand, for terms that are asked for by themselves', () => {
    const wrong: Record<number, number> = { 0: 0, 1: 0, 2: 0, 3: 0 };
    const asked: Record<number, number> = { 0: 0, 1: 0, 2: 0, 3: 0 };
    const known = new Set(chunks.flatMap((terms) => [...terms]));
    for (let turn = 0; turn < 40_000; turn += 1) {
      const term = random.u32();
      if (known.has(term) || term <= cutTerm) continue;
      const kind = kindOfTerm(term);
      const mask = maskOfTerm(term);
      asked[kind] = (asked[kind] ?? 0) + chunks.length;
      for (let chunk = 0; chunk < chunks.length; chunk += 1) if (has(mask, chunk)) wrong[kind] = (wrong[kind] ?? 0) + 1;
    }
    const rate = (kind: number): number => (wrong[kind] ?? 0) / (asked[kind] ?? 0);
    expect(rate(termKind.exact)).toBeLessThan(0.001);
    expect(rate(termKind.word)).toBeLessThan(0.001);
    expect(rate(termKind.prefix)).toBeLessThan(0.007);
    expect(rate(termKind.onSpan)).toBeLessThan(0.04);
  });

  it('has blocks that fit a page of 8 KiB, and less than two bytes a term', () => {
    expect(blocks.every((block) => block.length === blockBytes)).toBe(true);
    // What a row of a table leaves of a page.
    expect(blockBytes).toBeLessThanOrEqual(8192 - 35 - 12);
    const terms = chunks.reduce((sum, { length }) => sum + length, 0);
    expect((blocks.length * blockBytes) / terms).toBeLessThan(2);
  });

  it('does not grow with one hostile chunk', () => {
    const hostile = chunks.with(17, distinctTerms(65_536));
    expect(buildFilter(hostile).length).toBeLessThan(blocks.length * 1.1);
    const mask = masks(buildFilter(hostile));
    expect(hostile.every((terms, chunk) => has(mask(terms[0] as number), chunk))).toBe(true);
  });

  it('says of a chunk with everything that it may have anything', () => {
    const mask = masks(buildFilter(chunks.with(40, Uint32Array.of(everythingTerm))));
    for (let turn = 0; turn < 2000; turn += 1) expect(has(mask(random.u32()), 40)).toBe(true);
  });

  it('says of a chunk with a cut text that it may have any word and any prefix, but not any attribute', () => {
    const mask = masks(buildFilter([Uint32Array.of(cutTerm, termOfWord('first')), Uint32Array.of(termOfWord('other'))]));
    for (let turn = 0; turn < 500; turn += 1) {
      expect(mask(termOfWord(`word${turn}`)) & 1n).toBe(1n);
      for (const term of termsOfPrefix(`word${turn}`) ?? []) expect(mask(term) & 1n).toBe(1n);
    }
    expect(
      Array.from({ length: 500 }, (_, turn) => mask(termOfPair('key', `${turn}`))).filter((found) => found !== 0n).length,
    ).toBeLessThan(5);
  });

  it('has a block of nothing for a group of nothing, and takes one chunk as well as 64', () => {
    expect(masks(buildFilter([]))(5)).toBe(0n);
    expect(masks(buildFilter([new Uint32Array()]))(5)).toBe(0n);
    expect(masks(buildFilter([Uint32Array.of(4)]))(4)).toBe(1n);
    expect(masks(buildFilter(Array.from({ length: 64 }, () => Uint32Array.of(4))))(4)).toBe(2n ** 64n - 1n);
  });

  it('is read from bytes that begin anywhere, and not from a block of another length', () => {
    const term = chunks[0]?.[0] as number;
    const moved = new Uint8Array(blockBytes + 3);
    moved.set(blocks[blockOf(term, blocks.length)] as Uint8Array, 3);
    expect(maskOf(moved.subarray(3), blocks.length, term)).toBe(maskOfTerm(term));
    expect(() => maskOf(moved, blocks.length, term)).toThrow(RangeError);
  });
});
