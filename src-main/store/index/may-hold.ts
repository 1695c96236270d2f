import type { Query, QueryTerm, TextPattern } from '#proto/model/query';
import { attributeNames } from '#proto/model/semantic-conventions';
import { termOnError, termOnLongSpan } from './term-hash.ts';
import { longSpanNs, termOfKey, termOfName, termOfPair } from './terms.ts';
import { wordsOfPattern } from './pattern-words.ts';
import { termOfWord, termsOfPrefix } from './word-terms.ts';
import { wordsOf } from './words.ts';

/** What is known of the chunks in question, one bit a chunk. */
interface ChunkKnowledge {
  /** Those that are asked about. */
  chunks: bigint;
  /** Those that may hold a term: `maskOf` of a filter, or `holdsTerm` of each chunk. */
  has: (term: number) => bigint;
  /** Those with a source (resource and scope) that meets an attribute term by itself; asked for terms of kind `attribute` and `exists`. */
  sourceMask: (term: QueryTerm) => bigint;
}

/** What the span that is looked for is known to be, from what stands beside the term in an `and`. */
interface Beside {
  error: boolean;
  long: boolean;
}

/**
 * Chunks that may hold a record that meets `query`: no other one does. What entries tell better (service, status, kind, duration, severity) rules nothing out here, but an
 * attribute beside `status:error` or `duration>=1s` is looked for on spans of that sort alone.
 */
export function mayHold(query: Query, chunks: bigint, has: (term: number) => bigint, sourceMask: (term: QueryTerm) => bigint): bigint {
  return treeMask(query, { chunks, has, sourceMask }, { error: false, long: false });
}

function treeMask(query: Query, known: ChunkKnowledge, beside: Beside): bigint {
  switch (query.kind) {
    case 'and':
      return conjunctionMask(query.of, known, beside);
    case 'or':
      return query.of.reduce((mask, part) => mask | treeMask(part, known, beside), 0n);
    case 'not':
      return known.chunks;
    case 'attribute':
    case 'attributeLike':
    case 'duration':
    case 'exists':
    case 'like':
    case 'name':
    case 'service':
    case 'severity':
    case 'spanKind':
    case 'status':
    case 'text':
      return termMask(query, known, beside) & known.chunks;
  }
}

function conjunctionMask(of: readonly Query[], known: ChunkKnowledge, beside: Beside): bigint {
  const inside = { error: beside.error || of.some(saysError), long: beside.long || of.some(saysLong) };
  let mask = known.chunks;
  for (const part of of) {
    if (mask === 0n) return mask;
    mask &= treeMask(part, known, inside);
  }
  return mask;
}

function saysError(query: Query): boolean {
  return query.kind === 'and' ? query.of.some(saysError) : query.kind === 'status' && query.status === 'error';
}

function saysLong(query: Query): boolean {
  if (query.kind === 'and') return query.of.some(saysLong);
  if (query.kind !== 'duration') return false;
  const ns = BigInt(query.ns);
  const isLowerBound = query.comparison === '>=' || query.comparison === '=' || query.comparison === '>';
  return isLowerBound && ns >= BigInt(longSpanNs);
}

function termMask(term: QueryTerm, known: ChunkKnowledge, beside: Beside): bigint {
  switch (term.kind) {
    case 'text':
      return textMask(wordsOf(term.text), term.prefix, known);
    case 'name':
      return known.has(termOfName(term.name));
    case 'attribute':
      return (term.comparison === '=' ? pairMask(term.key, term.value, known, beside) : keyMask(term.key, known)) | known.sourceMask(term);
    case 'exists':
      return keyMask(term.key, known) | known.sourceMask(term);
    case 'attributeLike':
      return (keyMask(term.key, known) & patternMask(term.pattern, known)) | known.sourceMask(term);
    case 'like':
      return term.field === 'service' ? known.chunks : patternMask(term.pattern, known);
    case 'service':
    case 'status':
    case 'spanKind':
    case 'duration':
    case 'severity':
      return known.chunks;
  }
}

function textMask(words: readonly string[], prefix: boolean, known: ChunkKnowledge): bigint {
  let mask = known.chunks;
  words.forEach((word, index) => {
    if (mask !== 0n) mask &= prefix && index === words.length - 1 ? prefixMask(word, known) : known.has(termOfWord(word));
  });
  return mask;
}

function patternMask(pattern: TextPattern, known: ChunkKnowledge): bigint {
  const { whole, beginnings } = wordsOfPattern(pattern);
  const mask = textMask(whole, false, known);
  return beginnings.reduce((rest, word) => (rest === 0n ? rest : rest & prefixMask(word, known)), mask);
}

function prefixMask(prefix: string, { chunks, has }: ChunkKnowledge): bigint {
  return termsOfPrefix(prefix)?.reduce((mask, term) => mask | has(term), 0n) ?? chunks;
}

function keyMask(key: string, { has }: ChunkKnowledge): bigint {
  return attributeNames(key).reduce((mask, name) => mask | has(termOfKey(name)), 0n);
}

function pairMask(key: string, value: string, { has }: ChunkKnowledge, { error, long }: Beside): bigint {
  return attributeNames(key).reduce((mask, name) => {
    const pair = termOfPair(name, value);
    let found = has(pair);
    if (error && found !== 0n) found &= has(termOnError(pair));
    if (long && found !== 0n) found &= has(termOnLongSpan(pair));
    return mask | found;
  }, 0n);
}
