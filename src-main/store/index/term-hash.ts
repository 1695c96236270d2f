/**
 * What can be looked for in a chunk, as 32-bit hashes. Part of the store's format: another hash is another `schemaVersion`.
 *
 * The two lowest bits say of what kind a term is: for words it matters that a chunk may hold texts of which not all are indexed, and a filter spends less room on terms
 * for which a wrong answer costs less.
 */
export const termKind = {
  /** Attributes, keys, names, linked traces. */
  exact: 0,
  word: 1,
  /** Of attributes on spans of some sort: asked for beside the attribute itself. */
  onSpan: 2,
  prefix: 3,
} as const;

export function kindOfTerm(term: number): number {
  return term & 3;
}

/** A chunk that has this term (then its only one) may hold any term. */
export const everythingTerm = 0;
/** A chunk that has this term may hold any word. */
export const cutTerm = 1;
/** A chunk that has this term has words whose letters are not in its bytes as they are in the word: those with an accent. */
export const foldedLettersTerm = 4;
/** A chunk that has this term has values that are shown otherwise than they are sent, besides ints and bools: doubles, bytes, lists, maps. */
export const oddValuesTerm = 8;

/** Hashes of words grow letter by letter, a letter being a UTF-16 code unit: `wordSeed`, then `hashLetter` for each. */
export const wordSeed = 0x811c9dc5 | 0;

export function hashLetter(hash: number, letter: number): number {
  return Math.imul(hash ^ letter, 0x01000193);
}

export function wholeWordTerm(hash: number): number {
  return ofKind(mix(hash), termKind.word);
}

/** Of the first 2, 3 or 5 letters of a word that goes on. */
export function prefixTerm(hash: number, letters: number): number {
  return ofKind(mix(hash + Math.imul(letters, 0x9e3779b1)), termKind.prefix);
}

/** Of two words, by their hashes, the second of which stands behind the first. */
export function neighbourTerm(first: number, second: number): number {
  return ofKind(mix(Math.imul(first, 0x27d4eb2d) + (second ^ 0x5f356495)), termKind.prefix);
}

/** An attribute (`termOfPair`) of a span whose status is error, or of one of its events. */
export function termOnError(pair: number): number {
  return ofKind(mix(Math.imul(pair, 0x85ebca77) + 0x3c6ef372), termKind.onSpan);
}

/** An attribute (`termOfPair`) of a span of a second or more, or of one of its events. */
export function termOnLongSpan(pair: number): number {
  return ofKind(mix(Math.imul(pair, 0xc2b2ae3d) + 0x1b873593), termKind.onSpan);
}

/** UTF-8 of a key, hashed as far as `keyTerm` and `pairTerm` go on from it. */
export function hashOfKey(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return hashBytes(0x5bd1e995, bytes, start, end);
}

export function keyTerm(keyHash: number): number {
  return ofKind(mix(keyHash + 0x27d4eb2f), termKind.exact);
}

/** The value is UTF-8. */
export function pairTerm(keyHash: number, bytes: Uint8Array, start: number, end: number): number {
  return ofKind(mix(hashBytes(keyHash ^ 0x165667b1, bytes, start, end)), termKind.exact);
}

export function nameTerm(bytes: Uint8Array, start: number, end: number): number {
  return ofKind(mix(hashBytes(0x2545f491, bytes, start, end)), termKind.exact);
}

/** Of the 16 bytes of a trace id, where a link names it: no attribute or name has a hash that begins with the same seed. */
export function linkTerm(bytes: Uint8Array, at: number): number {
  return ofKind(mix(hashBytes(0x1b56c4e9, bytes, at, at + 16)), termKind.exact);
}

/** Four bytes a step, as MurmurHash3 does. */
function hashBytes(seed: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = seed ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const four =
      (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
    hash = hashFour(hash, four);
  }
  let rest = 0;
  for (; at < end; at += 1) rest = (rest << 8) | (bytes[at] as number);
  return hashFour(hash, rest);
}

function hashFour(hash: number, four: number): number {
  const scrambled = Math.imul(four, 0xcc9e2d51);
  const mixed = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** MurmurHash3's finaliser: every bit of the input changes half of the bits. */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function ofKind(hash: number, kind: number): number {
  const term = ((hash & ~3) | kind) >>> 0;
  // None of those above, which stand for no text.
  return term <= foldedLettersTerm ? term + 8 : term;
}
