const slots = 512;

/** Longer texts rarely repeat. */
const maxLength = 40;

/**
 * Short ASCII texts of one request, each made into a string once: attribute keys and many values repeat in every record. A third faster than asking Node to
 * decode each, and equal texts share their memory. The newest text of a slot wins, so the size is fixed whatever is sent.
 */
export class ShortTexts {
  readonly #texts: (string | undefined)[] = Array.from({ length: slots });

  /** The text of `bytes` from `start` to `end`, if it is short and ASCII. */
  read(bytes: Buffer, start: number, end: number): string | undefined {
    if (end - start > maxLength) return undefined;
    let hash = 0;
    for (let pos = start; pos < end; pos += 1) {
      const byte = bytes[pos] as number;
      if (byte > 0x7f) return undefined;
      hash = Math.imul(hash, 31) + byte;
    }
    const slot = (hash >>> 0) % slots;
    const known = this.#texts[slot];
    if (known !== undefined && isText(known, bytes, start, end)) return known;
    const text = bytes.toString('latin1', start, end);
    this.#texts[slot] = text;
    return text;
  }
}

function isText(text: string, bytes: Buffer, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) !== bytes[start + index]) return false;
  }
  return true;
}
