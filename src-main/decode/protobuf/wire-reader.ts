import { isUtf8 } from 'node:buffer';
import type { Issues } from '../issues.ts';
import { warnOfRepairedText } from '../values.ts';
import { ShortTexts } from './short-texts.ts';

/** protobuf.dev/programming-guides/encoding. Groups (3, 4) left the format before OTLP existed. */
const varintType = 0;
const fixed64Type = 1;
const lengthType = 2;
const fixed32Type = 5;

/**
 * Attributes, events, links, array entries and (counted as several) records that one request may become. An empty one takes two bytes on the wire and a hundred in
 * memory: without a bound 64 MiB of them would be gigabytes. Ordinary telemetry of that size has half as many.
 */
const maxElements = 4_000_000;

interface Damage {
  reason: string;
  byte: number;
}

/**
 * Reads protobuf's wire format. Damage does not throw: the first one is remembered in `damage`, every loop over `next` then ends, and reads give
 * defaults, so that whoever reads a record can drop just that one and go on behind it with `recover`. The cost of a hostile payload is thereby linear in its size.
 *
 * A message is read by `while (reader.next(end)) switch (reader.field) …`, where each case calls exactly one read method.
 */
export class WireReader {
  readonly issues: Issues;
  damage: Damage | undefined;
  /** Field number that `next` has found. */
  field = 0;
  pos = 0;
  #wireType = 0;
  /** End of the message that is being read: no read goes past it. */
  #end: number;
  #low = 0;
  #high = 0;
  #elements = 0;
  readonly #shortTexts: ShortTexts;
  readonly #bytes: Buffer;
  readonly #view: DataView;

  constructor(payload: Uint8Array, issues: Issues, shortTexts = new ShortTexts()) {
    this.issues = issues;
    this.#shortTexts = shortTexts;
    this.#bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    this.#view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    this.#end = payload.byteLength;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** Steps to the next field of the message that ends at `end`; false at its end. */
  next(end: number): boolean {
    if (this.pos >= end) return false;
    this.#end = end;
    this.#varint();
    this.field = this.#low >>> 3;
    this.#wireType = this.#low & 7;
    if (this.field === 0 || this.#high !== 0) this.fail('a field number is out of range');
    return this.damage === undefined;
  }

  /** Enters a sub-message and returns where it ends. */
  enter(): number {
    this.#expect(lengthType);
    this.#varint();
    const end = this.pos + (this.#low >>> 0);
    if (this.#high !== 0 || end > this.#end) this.fail('a length reaches past the end of its message');
    return this.damage === undefined ? end : this.length;
  }

  /** Counts objects, in units of an attribute; damages the message that is being read when there are too many. */
  element(weight = 1): void {
    this.#elements += weight;
    if (this.#elements > maxElements)
      this.fail(`the request holds more than ${maxElements} records, attributes and values: send smaller batches`);
  }

  skip(): void {
    switch (this.#wireType) {
      case varintType:
        return this.#varint();
      case fixed64Type:
        return void this.#take(8);
      case lengthType:
        this.pos = this.enter();
        return;
      case fixed32Type:
        return void this.#take(4);
      default:
        return this.fail(`wire type ${this.#wireType} does not occur in OTLP`);
    }
  }

  string(): string {
    const end = this.enter();
    const start = this.pos;
    this.pos = end;
    const short = this.#shortTexts.read(this.#bytes, start, end);
    if (short !== undefined) return short;
    const text = this.#bytes.toString('utf8', start, end);
    if (text.includes('\uFFFD') && !isUtf8(this.#bytes.subarray(start, end))) warnOfRepairedText(this.issues);
    return text;
  }

  /** Bytes as lower-case hex. */
  hex(): string {
    return this.#encoded('hex');
  }

  base64(): string {
    return this.#encoded('base64');
  }

  /** fixed64 as a decimal string. */
  fixed64(): string {
    this.#expect(fixed64Type);
    const at = this.#take(8);
    return at < 0 ? '0' : this.#view.getBigUint64(at, true).toString();
  }

  fixed32(): number {
    this.#expect(fixed32Type);
    const at = this.#take(4);
    return at < 0 ? 0 : this.#view.getUint32(at, true);
  }

  double(): number {
    this.#expect(fixed64Type);
    const at = this.#take(8);
    return at < 0 ? 0 : this.#view.getFloat64(at, true);
  }

  bool(): boolean {
    this.#expectVarint();
    return (this.#low | this.#high) !== 0;
  }

  uint32(): number {
    this.#expectVarint();
    return this.#low >>> 0;
  }

  /** Also enums: numbers that nobody knows yet survive. */
  int32(): number {
    this.#expectVarint();
    return this.#low;
  }

  /** int64 as a decimal string. */
  int64(): string {
    this.#expectVarint();
    if (this.#high === 0) return String(this.#low >>> 0);
    return ((BigInt(this.#high) << 32n) | BigInt(this.#low >>> 0)).toString();
  }

  /** Remembers the first damage and makes every loop over `next` end. */
  fail(reason: string): void {
    this.damage ??= { reason, byte: this.pos };
    this.pos = this.length;
  }

  /** Goes on at `pos`, behind a message that has been read, and hands over the damage in it, if there was any. */
  recover(pos: number): Damage | undefined {
    const { damage } = this;
    this.damage = undefined;
    this.pos = pos;
    return damage;
  }

  /** Goes back to `pos` for a second pass, unless there is damage. */
  rewind(pos: number): void {
    if (this.damage === undefined) this.pos = pos;
  }

  #encoded(encoding: 'hex' | 'base64'): string {
    const end = this.enter();
    const start = this.pos;
    this.pos = end;
    return this.#bytes.toString(encoding, start, end);
  }

  #expect(wireType: number): void {
    if (this.#wireType !== wireType) this.fail(`field ${this.field} has wire type ${this.#wireType} instead of ${wireType}`);
  }

  #expectVarint(): void {
    this.#expect(varintType);
    this.#varint();
  }

  /** Position of the next `size` bytes, -1 where the message ends before. */
  #take(size: number): number {
    const at = this.pos;
    this.pos += size;
    if (this.pos <= this.#end) return at;
    this.pos = at;
    this.fail('a number is cut off by the end of its message');
    return -1;
  }

  /** Reads a varint of up to 64 bits into `#low` and `#high`, both signed 32-bit. */
  #varint(): void {
    this.#low = 0;
    this.#high = 0;
    for (let index = 0; index < 10; index += 1) {
      if (this.pos >= this.#end) return this.fail('a varint is cut off by the end of its message');
      const byte = this.#bytes[this.pos] as number;
      this.pos += 1;
      const bits = byte & 0x7f;
      if (index < 5) this.#low |= bits << (7 * index);
      if (index === 4) this.#high = bits >>> 4;
      else if (index > 4) this.#high |= bits << (7 * index - 32);
      if (byte < 0x80) return;
    }
    this.fail('a varint is longer than 10 bytes');
  }
}
