import { wire } from './wire-field.ts';

const firstCapacity = 1 << 16;

/** Writes protobuf from its end to its beginning, so that the length of a message is known when it is put before the message. Whoever calls it writes fields last to first. */
export class ProtobufWriter {
  #buffer = Buffer.allocUnsafe(firstCapacity);
  #start = firstCapacity;

  /** Bytes written so far; the mark that `enclose` takes. */
  get length(): number {
    return this.#buffer.length - this.#start;
  }

  /** What was written. */
  finish(): Uint8Array {
    return this.#buffer.subarray(this.#start);
  }

  /** Makes what was written since `mark` the content of the length-delimited field `number`. */
  enclose(number: number, mark: number): void {
    this.varint(this.length - mark);
    this.#tag(number, wire.bytes);
  }

  text(number: number, text: string): void {
    const size = Buffer.byteLength(text);
    this.#room(size);
    this.#start -= size;
    this.#buffer.write(text, this.#start);
    this.varint(size);
    this.#tag(number, wire.bytes);
  }

  bytes(number: number, bytes: Uint8Array): void {
    this.raw(bytes);
    this.varint(bytes.length);
    this.#tag(number, wire.bytes);
  }

  /** Bytes that are whole fields already. */
  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#start -= bytes.length;
    this.#buffer.set(bytes, this.#start);
  }

  bool(number: number, value: boolean): void {
    this.varint(value ? 1 : 0);
    this.#tag(number, wire.varint);
  }

  /** int32, int64, uint32 or enum; negative ones take ten bytes, as protobuf has it. */
  integer(number: number, value: number | string): void {
    const exact = Number(value);
    if (exact >= 0 && exact <= Number.MAX_SAFE_INTEGER) this.varint(exact);
    else this.#varint64(BigInt.asUintN(64, BigInt(value)));
    this.#tag(number, wire.varint);
  }

  double(number: number, value: number): void {
    this.#room(8);
    this.#start = this.#buffer.writeDoubleLE(value, this.#start - 8) - 8;
    this.#tag(number, wire.fixed64);
  }

  /** `value` in decimal. */
  fixed64(number: number, value: string): void {
    this.#room(8);
    this.#start = this.#buffer.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), this.#start - 8) - 8;
    this.#tag(number, wire.fixed64);
  }

  fixed32(number: number, value: number): void {
    this.#room(4);
    this.#start = this.#buffer.writeUInt32LE(value >>> 0, this.#start - 4) - 4;
    this.#tag(number, wire.fixed32);
  }

  /** An unsigned number that a double holds. */
  varint(value: number): void {
    this.#room(10);
    let size = 1;
    for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size += 1;
    this.#start -= size;
    let rest = value;
    for (let index = 0; index < size - 1; index += 1) {
      this.#buffer[this.#start + index] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#start + size - 1] = rest;
  }

  #varint64(value: bigint): void {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
    bytes.push(Number(rest));
    this.raw(Uint8Array.from(bytes));
  }

  #tag(number: number, type: number): void {
    this.varint(number * 8 + type);
  }

  #room(size: number): void {
    if (size <= this.#start) return;
    const { length } = this;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, length + size));
    this.#buffer.copy(larger, larger.length - length, this.#start);
    this.#start = larger.length - length;
    this.#buffer = larger;
  }
}
