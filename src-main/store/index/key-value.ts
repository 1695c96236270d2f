import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { Issues } from '#main/decode/issues';
import { readAnyValue, readKeyValue } from '#main/decode/protobuf/any-value';
import { ShortTexts } from '#main/decode/protobuf/short-texts';
import { WireReader } from '#main/decode/protobuf/wire-reader';

/** What kind of value `KeyValueView` is looking at. */
export const valueKind = { text: 1, bool: 2, int: 3, double: 4 } as const;

/**
 * Looks at `KeyValue` messages one after the other without making objects. Only at those in the form that every encoder writes (key, then a value of one field) and whose
 * value is a text, a bool or a number; `read` is false for all others, for which `readKeyValue` knows what they mean.
 */
export class KeyValueView {
  keyStart = 0;
  keyEnd = 0;
  kind: (typeof valueKind)[keyof typeof valueKind] = valueKind.text;
  /** Of a text. */
  valueStart = 0;
  valueEnd = 0;
  /** Of a bool or an int, as signed halves. */
  low = 0;
  high = 0;
  /** Of a double. */
  double = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** An int as a double, as near as it gets. */
  get int(): number {
    return this.high * 0x1_0000_0000 + (this.low >>> 0);
  }

  read(start: number, end: number): boolean {
    this.#at = start;
    const keyEnd = this.#enter(0x0a, end);
    if (keyEnd < 0) return false;
    this.keyStart = this.#at;
    this.keyEnd = keyEnd;
    this.#at = keyEnd;
    return this.#enter(0x12, end) === end && this.#value(end);
  }

  /** Looks at an `AnyValue` that is a text; false where it is another one. */
  readText(start: number, end: number): boolean {
    this.#at = start;
    this.valueEnd = end;
    const isText = this.#enter(0x0a, end) === end;
    this.valueStart = this.#at;
    return isText;
  }

  #value(end: number): boolean {
    switch (this.#bytes[this.#at] as number) {
      case 0x0a:
        this.kind = valueKind.text;
        return this.readText(this.#at, end);
      case 0x10:
        this.kind = valueKind.bool;
        return this.#varint(end);
      case 0x18:
        this.kind = valueKind.int;
        return this.#varint(end);
      case 0x21:
        this.kind = valueKind.double;
        if (this.#at + 9 !== end) return false;
        this.double = this.#view.getFloat64(this.#at + 1, true);
        return true;
      default:
        return false;
    }
  }

  /** Steps over `tag` and a length; the end of what they announce, -1 where something else stands there. */
  #enter(tag: number, end: number): number {
    if (this.#at + 2 > end || this.#bytes[this.#at] !== tag) return -1;
    let at = this.#at + 1;
    let length = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      if (at >= end) return -1;
      const byte = this.#bytes[at] as number;
      at += 1;
      length |= (byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      this.#at = at;
      return at + length <= end ? at + length : -1;
    }
    return -1;
  }

  /** A varint of up to 64 bits behind its tag, which ends where the message does. */
  #varint(end: number): boolean {
    this.low = 0;
    this.high = 0;
    let at = this.#at + 1;
    for (let index = 0; index < 10 && at < end; index += 1) {
      const byte = this.#bytes[at] as number;
      at += 1;
      const bits = byte & 0x7f;
      if (index < 5) this.low |= bits << (7 * index);
      if (index === 4) this.high = bits >>> 4;
      else if (index > 4) this.high |= bits << (7 * index - 32);
      if (byte < 0x80) return at === end;
    }
    return false;
  }
}

/** Of a list or a map larger than this nothing is looked at but that it is there. */
const largestValue = 262_144;

/** A `KeyValue` that `KeyValueView` does not read, as objects; `undefined` where it is too large to be worth it, or no proper message. */
export function keyValueAt(bytes: Uint8Array, start: number, end: number): KeyValue | undefined {
  const reader = readerAt(bytes, start, end);
  const attribute = reader && readKeyValue(reader, end - start);
  return reader?.damage ? undefined : attribute;
}

/** An `AnyValue` as objects; `undefined` as of `keyValueAt`. */
export function anyValueAt(bytes: Uint8Array, start: number, end: number): AnyValue | undefined {
  const reader = readerAt(bytes, start, end);
  const value = reader && readAnyValue(reader, end - start);
  return reader?.damage ? undefined : value;
}

/** For all readers: making one costs more than reading an attribute. */
const shortTexts = new ShortTexts();

function readerAt(bytes: Uint8Array, start: number, end: number): WireReader | undefined {
  return end - start > largestValue ? undefined : new WireReader(bytes.subarray(start, end), new Issues(), shortTexts);
}
