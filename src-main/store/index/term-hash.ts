/**
 * What can be looked for in a chunk, as 32-bit hashes. The lowest bit tells words and prefixes of words (1) from everything else (0), so that whoever asks a filter for a word can
 * tell that a chunk holds texts of which not all words are known. Part of the store's format: another hash is another `schemaVersion`.
 */

/** A chunk that has this term (then its only one) may hold any term. */
export const everythingTerm = 0;
/** A chunk that has this term may hold any word. */
export const cutTerm = 1;

/** Hashes of words grow letter by letter, a letter being a UTF-16 code unit: `wordSeed`, then `hashLetter` for each. */
export const wordSeed = 0x811c9dc5 | 0;

export function hashLetter(hash: number, letter: number): number {
  return Math.imul(hash ^ letter, 0x01000193);
}

export function wholeWordTerm(hash: number): number {
  return wordClass(mix(hash));
}

/** Of the first 2, 3 or 5 letters. */
export function prefixTerm(hash: number, letters: number): number {
  return wordClass(mix(hash + Math.imul(letters, 0x9e3779b1)));
}

/** An attribute (`termOfPair`) of a span whose status is error, or of one of its events. */
export function termOnError(pair: number): number {
  return otherClass(mix(Math.imul(pair, 0x85ebca77) + 0x3c6ef372));
}

/** An attribute (`termOfPair`) of a span of a second or more, or of one of its events. */
export function termOnLongSpan(pair: number): number {
  return otherClass(mix(Math.imul(pair, 0xc2b2ae3d | 1) + 0x1b873593));
}

/** UTF-8 of a key, hashed as far as `keyTerm` and `pairTerm` go on from it. */
export function hashOfKey(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return hashBytes(0x5bd1e995, bytes, start, end);
}

export function keyTerm(keyHash: number): number {
  return otherClass(mix(keyHash + 0x27d4eb2f));
}

/** The value is UTF-8. */
export function pairTerm(keyHash: number, bytes: Uint8Array, start: number, end: number): number {
  return otherClass(mix(hashBytes(keyHash ^ 0x165667b1, bytes, start, end)));
}

export function nameTerm(bytes: Uint8Array, start: number, end: number): number {
  return otherClass(mix(hashBytes(0x2545f491, bytes, start, end)));
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

/** Never `cutTerm`. */
function wordClass(hash: number): number {
  const term = (hash | 1) >>> 0;
  return term === cutTerm ? 3 : term;
}

/** Never `everythingTerm`. */
function otherClass(hash: number): number {
  const term = (hash & ~1) >>> 0;
  return term === everythingTerm ? 2 : term;
}

/** Whether `term` is that of a word or a prefix. */
export function isWordTerm(term: number): boolean {
  return (term & 1) === 1;
}
