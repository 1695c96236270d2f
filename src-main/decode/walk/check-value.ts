import { isUtf8 } from 'node:buffer';
import { maxValueDepth } from '#proto/model/any-value';
import { endOfVarint, wire, WireField } from './wire-field.ts';

/**
 * What the object decoder (`protobuf/any-value.ts`) would make of a value: take it as it is, take it with a warning or a repair, or give up. Each is worse than the one before.
 */
export const verdict = { clean: 0, irregular: 1, damaged: 2 } as const;
export type Verdict = (typeof verdict)[keyof typeof verdict];

/** For each level one for its list, one for a pair in the list and one for the value: what a level reads must outlast the levels below. */
const fields = Array.from({ length: 3 * (maxValueDepth + 1) }, () => new WireField());

/** Checks the values of one payload; `keyStart` and `keyEnd` say where the key of the last `KeyValue` is (equal where it is empty). */
export class ValueCheck {
  keyStart = 0;
  keyEnd = 0;
  /** An array or a map was seen. */
  hasNested = false;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** common.proto `KeyValue`. The key comes first and each field once, as every encoder writes it; anything else is irregular. */
  keyValue(start: number, end: number): Verdict {
    if (this.#isShortPair(start, end)) return verdict.clean;
    this.keyStart = start;
    this.keyEnd = start;
    return this.#pair(start, end, 0, true);
  }

  /** Nearly every attribute is a key of ASCII and one plain value, with lengths of one byte: those need no look at field after field. */
  #isShortPair(start: number, end: number): boolean {
    const bytes = this.#bytes;
    if (end - start < 6 || bytes[start] !== 0x0a) return false;
    const keyEnd = start + 2 + (bytes[start + 1] as number);
    const size = end - keyEnd - 2;
    if (size < 2 || size > 0x7f || bytes[keyEnd] !== 0x12 || bytes[keyEnd + 1] !== size || !this.#isAscii(start + 1, keyEnd)) return false;
    this.keyStart = start + 2;
    this.keyEnd = keyEnd;
    return this.#isPlainValue(keyEnd + 2, end);
  }

  #isPlainValue(start: number, end: number): boolean {
    const bytes = this.#bytes;
    switch (bytes[start]) {
      case 0x0a:
        return bytes[start + 1] === end - start - 2 && this.#isAscii(start + 2, end);
      case 0x10:
      case 0x18:
        return endOfVarint(bytes, start + 1, end) === end;
      case 0x21:
        return end - start === 9;
      default:
        return false;
    }
  }

  #isAscii(start: number, end: number): boolean {
    const view = this.#view;
    let bits = 0;
    let pos = start;
    for (; pos + 4 <= end; pos += 4) bits |= view.getInt32(pos, true);
    for (; pos < end; pos += 1) bits |= view.getUint8(pos);
    return (bits & 0x8080_8080) === 0;
  }

  /** common.proto `AnyValue`; `depth` counts the arrays and maps around it. */
  anyValue(from: number, limit: number, depth = 0): Verdict {
    const field = fields[3 * depth + 2] as WireField;
    let worst: Verdict = verdict.clean;
    let values = 0;
    for (let pos = from; pos < limit; pos = field.end) {
      if (!field.read(this.#bytes, pos, limit)) return verdict.damaged;
      if (field.number > 8) continue;
      values += 1;
      const found = this.#oneOf(field, depth);
      if (found === verdict.damaged) return found;
      if (found > worst) worst = found;
    }
    return values > 1 ? worse(worst, verdict.irregular) : worst;
  }

  /** Whether the range is UTF-8. */
  isText(start: number, end: number): boolean {
    return this.#isAscii(start, end) || isUtf8(this.#bytes.subarray(start, end));
  }

  #oneOf({ number, type, start, end }: WireField, depth: number): Verdict {
    switch (number) {
      case 1:
        if (type !== wire.bytes) return verdict.damaged;
        return this.isText(start, end) ? verdict.clean : verdict.irregular;
      case 2:
      case 3:
        return type === wire.varint ? verdict.clean : verdict.damaged;
      case 4:
        return type === wire.fixed64 ? verdict.clean : verdict.damaged;
      case 5:
      case 6:
        if (depth === maxValueDepth) return verdict.irregular;
        if (type !== wire.bytes) return verdict.damaged;
        this.hasNested = true;
        return this.#list(start, end, depth + 1, number === 6);
      case 7:
        return type === wire.bytes ? verdict.clean : verdict.damaged;
      default:
        return verdict.irregular;
    }
  }

  /** `ArrayValue` and `KeyValueList`. */
  #list(from: number, limit: number, depth: number, ofPairs: boolean): Verdict {
    const field = fields[3 * depth] as WireField;
    let worst: Verdict = verdict.clean;
    for (let pos = from; pos < limit; pos = field.end) {
      if (!field.read(this.#bytes, pos, limit)) return verdict.damaged;
      if (field.number !== 1) continue;
      if (field.type !== wire.bytes) return verdict.damaged;
      const { start, end } = field;
      const found = ofPairs ? this.#pair(start, end, depth, false) : this.anyValue(start, end, depth);
      if (found === verdict.damaged) return found;
      worst = worse(worst, found);
    }
    return worst;
  }

  #pair(from: number, limit: number, depth: number, isOuter: boolean): Verdict {
    const field = fields[3 * depth + 1] as WireField;
    let worst: Verdict = verdict.clean;
    let last = 0;
    for (let pos = from; pos < limit; pos = field.end) {
      if (!field.read(this.#bytes, pos, limit)) return verdict.damaged;
      const { number, type, start, end } = field;
      if (number > 3) continue;
      if (number <= last || number === 3) worst = worse(worst, verdict.irregular);
      last = number;
      if (number === 3) continue;
      if (type !== wire.bytes) return verdict.damaged;
      if (number === 1 && isOuter) [this.keyStart, this.keyEnd] = [start, end];
      const found = number === 2 ? this.anyValue(start, end, depth) : this.isText(start, end) ? verdict.clean : verdict.irregular;
      if (found === verdict.damaged) return found;
      worst = worse(worst, found);
    }
    return worst;
  }
}

function worse(one: Verdict, other: Verdict): Verdict {
  return one > other ? one : other;
}
