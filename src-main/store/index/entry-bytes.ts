import type { Rows } from './entries.ts';

/** Row numbers below `count`, in as few bytes each as that takes. */
export function narrowRows(rows: Uint32Array, count: number): Rows {
  if (count <= 0x100) return Uint8Array.from(rows);
  return count <= 0x1_0000 ? Uint16Array.from(rows) : rows.slice();
}

/** Writes the columns of an entry one behind the other, each at a multiple of its numbers' width, so that they can be read where they stand. Little endian. */
export class EntryWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  column(column: Uint8Array | Uint16Array | Uint32Array | Float64Array | BigUint64Array): void {
    const width = column.BYTES_PER_ELEMENT;
    const start = Math.ceil(this.#length / width) * width;
    this.#reserve(start + column.byteLength);
    this.#bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), start);
    this.#length = start + column.byteLength;
  }

  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(length, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

/**
 * Reads what `EntryWriter` wrote. Columns are views of the bytes; of a copy of them, where those do not begin at a multiple of 8. Throws a `RangeError` where they end too
 * soon.
 */
export class EntryReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  }

  u8(length: number): Uint8Array {
    return new Uint8Array(this.#bytes.buffer, this.#take(length, 1), length);
  }

  u16(length: number): Uint16Array {
    return new Uint16Array(this.#bytes.buffer, this.#take(length, 2), length);
  }

  /** Row numbers below `count` (as of `narrowRows`). */
  rows(length: number, count: number): Rows {
    if (count <= 0x100) return this.u8(length);
    return count <= 0x1_0000 ? this.u16(length) : this.u32(length);
  }

  u32(length: number): Uint32Array {
    return new Uint32Array(this.#bytes.buffer, this.#take(length, 4), length);
  }

  f64(length: number): Float64Array {
    return new Float64Array(this.#bytes.buffer, this.#take(length, 8), length);
  }

  u64(length: number): BigUint64Array {
    return new BigUint64Array(this.#bytes.buffer, this.#take(length, 8), length);
  }

  #take(length: number, width: number): number {
    const start = Math.ceil(this.#at / width) * width;
    this.#at = start + length * width;
    if (this.#at > this.#bytes.length) throw new RangeError('An entry ends before its columns do.');
    return this.#bytes.byteOffset + start;
  }
}
