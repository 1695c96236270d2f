import { cutTerm, everythingTerm, kindOfTerm, termKind } from './term-hash.ts';

/**
 * Which of the up to 64 chunks of a group may hold a term: a Bloom filter a chunk, cut into slices, so that one place answers for all chunks, and into blocks, so that one
 * read answers for a term. Never says no wrongly; says yes wrongly for one chunk in a thousand.
 *
 * A block is `wordsPerBlock` words of 64 bits, little endian, a bit a chunk; it fills a page of 8 KiB. Word 0: chunks that have `cutTerm`, which may hold any word. A term
 * is there where some (`hashesOfKind`) of the others have the chunk's bit. A chunk that has `everythingTerm` has its bit in all words.
 */
const wordsPerBlock = 1014;
/** A prime, so that steps of any size go everywhere. */
const places = wordsPerBlock - 1;
export const blockBytes = wordsPerBlock * 8;

/** How many words know of a term, by `kindOfTerm`. Measured: 0.1 % wrong answers for 8, 0.5 % for 6, 3 % for 4. */
const hashesOfKind = [8, 8, 4, 6] as const;
const bitsPerHash = 1.93;

/**
 * The filter's size is that of a chunk that is fuller than this part of the group's; the few that are fuller still are wrong a little more often, and one hostile chunk
 * does not blow up the group.
 */
const sizedFor = 0.9;

/** The blocks of the filter of a group's chunks, in order of their bits, given the distinct terms of each (`termsOfSpans`, `termsOfLogs`). At most 64 chunks. */
export function buildFilter(termsOfChunks: readonly Uint32Array[]): Uint8Array[] {
  const blocks = blocksFor(termsOfChunks);
  const words = new Uint32Array(blocks * wordsPerBlock * 2);
  termsOfChunks.forEach((terms, chunk) => addChunk(words, blocks, terms, chunk));
  return Array.from({ length: blocks }, (_, block) => new Uint8Array(words.buffer, block * blockBytes, blockBytes));
}

function blocksFor(termsOfChunks: readonly Uint32Array[]): number {
  const counts = termsOfChunks.map(hashesOf).toSorted((left, right) => left - right);
  const hashes = counts[Math.floor(counts.length * sizedFor)] ?? 0;
  return Math.max(1, Math.ceil((hashes * bitsPerHash) / places));
}

function hashesOf(terms: Uint32Array): number {
  let hashes = 0;
  for (let index = 0; index < terms.length; index += 1) hashes += hashesOfKind[kindOfTerm(terms[index] as number)] as number;
  return hashes;
}

function addChunk(words: Uint32Array, blocks: number, terms: Uint32Array, chunk: number): void {
  const half = chunk >>> 5;
  const bit = 1 << (chunk & 31);
  for (let index = 0; index < terms.length; index += 1) {
    const term = terms[index] as number;
    if (term <= cutTerm) addToAllBlocks(words, term === everythingTerm ? 1 : wordsPerBlock, half, bit);
    else addTerm(words, blockOf(term, blocks) * wordsPerBlock + 1, half, bit, term);
  }
}

/** Enhanced double hashing: the step grows with every word, without which terms that share two words would often share more. */
function addTerm(words: Uint32Array, firstWord: number, half: number, bit: number, term: number): void {
  const scattered = scatter(term);
  const hashes = hashesOfKind[kindOfTerm(term)] as number;
  let place = placeOf(scattered);
  let step = stepOf(scattered);
  const growth = growthOf(scattered);
  for (let hash = 0; hash < hashes; hash += 1) {
    const at = (firstWord + place) * 2 + half;
    words[at] = (words[at] as number) | bit;
    place = (place + step) % places;
    step = (step + growth) % places;
  }
}

/** Sets a chunk's bit in every `stride`-th word. */
function addToAllBlocks(words: Uint32Array, stride: number, half: number, bit: number): void {
  for (let at = half; at < words.length; at += stride * 2) words[at] = (words[at] as number) | bit;
}

/** The block of a filter of `blocks` blocks that knows of `term`. */
export function blockOf(term: number, blocks: number): number {
  return Math.floor((term * blocks) / 0x1_0000_0000);
}

/** The chunks that may hold `term`, a bit a chunk, from the block `blockOf(term, blocks)`. */
export function maskOf(block: Uint8Array, _blocks: number, term: number): bigint {
  if (block.length !== blockBytes) throw new RangeError(`A filter's block has ${block.length} bytes instead of ${blockBytes}.`);
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const scattered = scatter(term);
  const hashes = hashesOfKind[kindOfTerm(term)] as number;
  let place = placeOf(scattered);
  let step = stepOf(scattered);
  const growth = growthOf(scattered);
  let low = -1;
  let high = -1;
  for (let hash = 0; hash < hashes; hash += 1) {
    const at = (1 + place) * 8;
    low &= view.getUint32(at, true);
    high &= view.getUint32(at + 4, true);
    place = (place + step) % places;
    step = (step + growth) % places;
  }
  const mask = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  return (term & termKind.word) !== 0 ? mask | view.getBigUint64(0, true) : mask;
}

/** Bits of a term that have nothing to do with its block. */
function scatter(term: number): number {
  const mixed = Math.imul(term ^ (term >>> 15), 0x2c1b3c6d);
  return Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
}

function placeOf(scattered: number): number {
  return ((scattered >>> 16) * places) >>> 16;
}

function stepOf(scattered: number): number {
  return 1 + (((scattered & 0xffff) * (places - 1)) >>> 16);
}

function growthOf(scattered: number): number {
  return 1 + ((((Math.imul(scattered, 0x9e3779b1) >>> 16) & 0xffff) * (places - 2)) >>> 16);
}
