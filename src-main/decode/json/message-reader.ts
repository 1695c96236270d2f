import type { Issues } from '../issues.ts';
import { warnOfRepairedText } from '../values.ts';
import { isJsonObject, type JsonObject } from './parse.ts';

const maxUint64 = 2n ** 64n - 1n;
const maxUint32 = 2n ** 32n - 1n;
const maxInt32 = 2n ** 31n - 1n;

const noObject: JsonObject = Object.freeze({});

/**
 * Reads fields of messages in OTLP/JSON (OTLP specification, "JSON Protobuf Encoding"). Like the reader of protobuf it does not throw: the first wrong type is
 * remembered in `damage` and reads give defaults. Absent and null are the default too (proto3 JSON mapping).
 */
export class MessageReader {
  readonly issues: Issues;
  damage: string | undefined;

  constructor(issues: Issues) {
    this.issues = issues;
  }

  fail(reason: string): void {
    this.damage ??= reason;
  }

  /** The message `value`, the empty one where it is absent; `name` is what to call it. */
  message(value: unknown, name: string): JsonObject {
    if (value === undefined || value === null) return noObject;
    if (!isJsonObject(value)) {
      this.fail(`${name} must be an object`);
      return noObject;
    }
    for (const key of Object.keys(value)) this.#checkKey(key);
    return value;
  }

  list(object: JsonObject, key: string): readonly unknown[] {
    const value = object[key] ?? [];
    if (Array.isArray(value)) return value;
    this.fail(`${key} must be an array`);
    return [];
  }

  string(object: JsonObject, key: string): string {
    const value = object[key] ?? '';
    return this.text(value, key);
  }

  /** A string value; half a surrogate pair, which no UTF-8 can hold, becomes U+FFFD as it does in protobuf. */
  text(value: unknown, name: string): string {
    if (typeof value !== 'string') {
      this.fail(`${name} must be a string`);
      return '';
    }
    if (value.isWellFormed()) return value;
    warnOfRepairedText(this.issues);
    return value.toWellFormed();
  }

  /** An id in lower case; whether it is hex is the record's concern. */
  id(object: JsonObject, key: string): string {
    return this.string(object, key).toLowerCase();
  }

  /** As a decimal string. */
  uint64(object: JsonObject, key: string): string {
    const value = object[key] ?? '0';
    // As nearly every sender writes it: nothing to check or to rewrite, for 19 digits are always in range.
    if (typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value)) return value;
    return this.#integer(value, key, 0n, maxUint64).toString();
  }

  uint32(object: JsonObject, key: string): number {
    const value = object[key] ?? 0;
    if (typeof value === 'number' && value >>> 0 === value) return value >>> 0;
    return Number(this.#integer(value, key, 0n, maxUint32));
  }

  /** As a decimal string; `undefined` for an integer that 64 bits do not hold. */
  int64(value: unknown, name: string): string | undefined {
    const integer = toBigInt(value);
    if (integer === undefined) this.fail(`${name} must be an integer`);
    return integer === undefined || BigInt.asIntN(64, integer) === integer ? String(integer ?? 0) : undefined;
  }

  double(value: unknown, name: string): number {
    if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
    const number = typeof value === 'string' ? numberFromText(value) : undefined;
    if (number === undefined) this.fail(`${name} must be a number`);
    return number ?? 0;
  }

  bool(value: unknown, name: string): boolean {
    if (typeof value !== 'boolean') this.fail(`${name} must be true or false`);
    return value === true;
  }

  /** Bytes as standard base64. The URL-safe alphabet is accepted, as the proto3 JSON mapping asks. */
  base64(value: unknown, name: string): string {
    const text = this.text(value, name);
    const bytes = Buffer.from(text, 'base64');
    const digits = text.length - (text.endsWith('==') ? 2 : Number(text.endsWith('=')));
    // Buffer skips what is not base64, so a length that does not fit gives such characters away.
    if (digits % 4 === 1 || bytes.length !== Math.floor((digits * 3) / 4)) this.fail(`${name} must be base64`);
    return bytes.toString('base64');
  }

  /** An enum: a number, known or not. Names are not OTLP/JSON, but some senders write them. */
  enum(object: JsonObject, key: string, names: ReadonlyMap<string, number>): number {
    const value = object[key] ?? 0;
    if (typeof value === 'number' && (value | 0) === value) return value | 0;
    if (typeof value !== 'string' || isInteger(value)) return Number(this.#integer(value, key, -maxInt32 - 1n, maxInt32));
    const number = names.get(value);
    this.issues.warn(
      'enum',
      `written as a name in ${key}: ${number === undefined ? 'it is unknown and counts as 0' : 'OTLP/JSON wants the number'}`,
    );
    return number ?? 0;
  }

  #integer(value: unknown, name: string, min: bigint, max: bigint): bigint {
    const integer = toBigInt(value);
    if (integer === undefined) this.fail(`${name} must be an integer`);
    else if (integer < min || integer > max) this.fail(`${name} is out of range`);
    return this.damage === undefined ? (integer ?? 0n) : 0n;
  }

  #checkKey(key: string): void {
    if (!key.includes('_') || key.length > 64 || !/^[a-z]+\d*(?:_[a-z\d]+)+$/.test(key)) return;
    this.issues.warn('field', 'ignored: OTLP/JSON names are lowerCamelCase', () => key);
  }
}

function toBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && isInteger(value) ? BigInt(value) : undefined;
}

/** Of at most 20 digits, which is what 64 bits need. */
const isInteger = (text: string): boolean => text.length <= 21 && /^-?\d{1,20}$/.test(text);

function numberFromText(text: string): number | undefined {
  if (text === 'NaN') return Number.NaN;
  const number = Number(text);
  const isNumber = text.trim() === text && text !== '' && !Number.isNaN(number);
  return isNumber ? number : undefined;
}
