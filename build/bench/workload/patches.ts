/**
 * Finds where placeholders came to stand in an encoded message, so that the message can be used as a form that is filled in again and again: encoding anew would make the sender
 * the bottleneck. Placeholders are looked for in the order in which they were encoded.
 */
export class PlaceholderFinder {
  readonly #bytes: Buffer;
  #from = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  next(placeholder: Uint8Array | string): number {
    const at = this.#bytes.indexOf(placeholder, this.#from);
    if (at < 0) throw new Error('A placeholder is missing from the message, or out of order.');
    this.#from = at + placeholder.length;
    return at;
  }
}

const hexDigits = Buffer.from('0123456789abcdef');

/** `digits` hex digits of `value`, the highest of its 32 bits first. */
export function writeHex(bytes: Uint8Array, at: number, value: number, digits: number): void {
  for (let digit = 0; digit < digits; digit++) bytes[at + digit] = hexDigits[(value >>> (28 - 4 * digit)) & 15] ?? 0;
}

export function writeDecimal(bytes: Uint8Array, at: number, value: number, digits: number): void {
  for (let digit = digits - 1, rest = value; digit >= 0; digit--) {
    bytes[at + digit] = 48 + (rest % 10);
    rest = Math.trunc(rest / 10);
  }
}

/** A number from 16,384 up to, not including, 2,097,152, whose varint takes three bytes. */
export function writeVarint3(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (value & 127) | 128;
  bytes[at + 1] = ((value >>> 7) & 127) | 128;
  bytes[at + 2] = value >>> 14;
}

/** Times are `baseNs` and a number of nanoseconds that fits a double: bigints would cost more than all the rest. */
export class Clock {
  readonly #low: number;
  readonly #high: number;

  constructor(baseNs: bigint) {
    this.#low = Number(baseNs & 0xffff_ffffn);
    this.#high = Number(baseNs >> 32n);
  }

  write(view: DataView, at: number, offsetNs: number): void {
    const sum = this.#low + offsetNs;
    const carry = Math.floor(sum / 2 ** 32);
    view.setUint32(at, sum - carry * 2 ** 32, true);
    view.setUint32(at + 4, this.#high + carry, true);
  }
}
