/** Wire types (protobuf.dev/programming-guides/encoding). Groups (3, 4) left the format before OTLP existed. */
export const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * One field of a protobuf message, found in place: number, wire type, and where its content is. Accepts exactly what `protobuf/wire-reader.ts` can step over. One object is
 * used for many fields; whoever reads sub-messages in between copies what it needs first.
 */
export class WireField {
  number = 0;
  type = 0;
  /** Content without tag and length. */
  start = 0;
  /** Where the next field starts. */
  end = 0;

  /** Reads the field at `pos` of a message that ends at `limit`; false where the message is damaged there. */
  read(bytes: Uint8Array, pos: number, limit: number): boolean {
    if (pos + 1 < limit) {
      const first = bytes[pos] as number;
      const size = bytes[pos + 1] as number;
      // Nearly every field there is.
      if ((first & 0x87) === wire.bytes && size < 0x80 && first > 7) {
        this.number = first >>> 3;
        this.type = wire.bytes;
        this.start = pos + 2;
        this.end = pos + 2 + size;
        return this.end <= limit;
      }
    }
    const content = endOfVarint(bytes, pos, limit);
    if (content < 0) return false;
    const tag = content === pos + 1 ? (bytes[pos] as number) : smallVarint(bytes, pos, content);
    this.number = tag >>> 3;
    this.type = tag & 7;
    if (tag < 8) return false;
    return this.#measure(bytes, content, limit);
  }

  #measure(bytes: Uint8Array, content: number, limit: number): boolean {
    this.start = content;
    switch (this.type) {
      case wire.varint:
        this.end = endOfVarint(bytes, content, limit);
        return this.end >= 0;
      case wire.fixed64:
        this.end = content + 8;
        return this.end <= limit;
      case wire.bytes:
        return this.#measureBytes(bytes, content, limit);
      case wire.fixed32:
        this.end = content + 4;
        return this.end <= limit;
      default:
        return false;
    }
  }

  #measureBytes(bytes: Uint8Array, pos: number, limit: number): boolean {
    const start = endOfVarint(bytes, pos, limit);
    if (start < 0) return false;
    const length = smallVarint(bytes, pos, start);
    this.start = start;
    this.end = start + length;
    return length >= 0 && this.end <= limit;
  }
}

/** Position behind the varint at `pos`; -1 where it is cut off by `limit` or longer than 10 bytes. */
export function endOfVarint(bytes: Uint8Array, pos: number, limit: number): number {
  const last = Math.min(limit, pos + 10);
  for (let at = pos; at < last; at += 1) if ((bytes[at] as number) < 0x80) return at + 1;
  return -1;
}

/** The varint from `pos` to `end` as an unsigned number; -1 beyond 32 bits. */
export function smallVarint(bytes: Uint8Array, pos: number, end: number): number {
  let value = 0;
  let weight = 1;
  for (let at = pos; at < end; at += 1) {
    const bits = (bytes[at] as number) & 0x7f;
    if (bits !== 0 && at - pos < 9) value += bits * weight;
    // The tenth byte holds but one bit of a 64-bit number.
    else if ((bits & 1) === 1) return -1;
    weight *= 128;
  }
  return value <= 0xffff_ffff ? value : -1;
}

/** The lower 32 bits of the varint from `pos` to `end`, signed: what enums and 32-bit fields are read as. */
export function int32Varint(bytes: Uint8Array, pos: number, end: number): number {
  let value = 0;
  for (let at = pos; at < end && at < pos + 5; at += 1) value |= ((bytes[at] as number) & 0x7f) << (7 * (at - pos));
  return value;
}
