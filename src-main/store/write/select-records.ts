/** Fields of `TracesData` and `LogsData`, which have the same numbers at each level: resource group, scope group, record. */
const resourceGroupField = 1;
const scopeGroupField = 2;
const recordField = 2;
const lengthDelimited = 2;

/**
 * The same message with only those records that `keep` says, by their row in the order of the bytes. Everything else of an envelope stays, byte for byte, also what no version of
 * the standard knows yet; an envelope without records goes. The bytes have to be well-formed, as stored ones are; throws a `RangeError` where they are not.
 */
export function selectRecords(bytes: Uint8Array, keep: (row: number) => boolean): Uint8Array {
  let row = 0;
  const keepRecord = (body: Uint8Array): Uint8Array | undefined => (keep(row++) ? body : undefined);
  const keepScope = (body: Uint8Array): Uint8Array | undefined => select(body, recordField, keepRecord);
  const keepResource = (body: Uint8Array): Uint8Array | undefined => select(body, scopeGroupField, keepScope);
  return select(bytes, resourceGroupField, keepResource) ?? new Uint8Array();
}

/** Copies `message`, with `inner` in place of each body of `field`; `undefined` where none of them is left. */
function select(message: Uint8Array, field: number, inner: (body: Uint8Array) => Uint8Array | undefined): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  const reader = new Fields(message);
  let left = 0;
  for (let next = reader.next(); next !== undefined; next = reader.next()) {
    if (next.field !== field || next.body === undefined) {
      parts.push(next.whole);
      continue;
    }
    const body = inner(next.body);
    if (body === undefined) continue;
    parts.push(head(field, body.length), body);
    left += 1;
  }
  return left === 0 ? undefined : Buffer.concat(parts);
}

function head(field: number, length: number): Uint8Array {
  const bytes = [(field << 3) | lengthDelimited];
  let rest = length;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

/** One level of a protobuf message, field by field (Protocol Buffers, "Encoding"). */
class Fields {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  next(): { field: number; whole: Uint8Array; body: Uint8Array | undefined } | undefined {
    if (this.#at >= this.#bytes.length) return undefined;
    const from = this.#at;
    const tag = this.#varint();
    const type = tag & 7;
    const length = type === lengthDelimited ? this.#varint() : undefined;
    const bodyAt = this.#at;
    if (length !== undefined) this.#at += length;
    else if (type === 0) this.#varint();
    else if (type === 1) this.#at += 8;
    else if (type === 5) this.#at += 4;
    else throw new RangeError(`Wire type ${type} has no length.`);
    if (this.#at > this.#bytes.length) throw new RangeError('A field ends behind its message.');
    const whole = this.#bytes.subarray(from, this.#at);
    return { field: tag >>> 3, whole, body: length === undefined ? undefined : this.#bytes.subarray(bodyAt, this.#at) };
  }

  /** Of more than 32 bits the lower ones count, which no tag or length here needs. */
  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new RangeError('A number ends behind its message.');
      this.#at += 1;
      if (shift < 35) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new RangeError('A number is longer than any.');
  }
}
