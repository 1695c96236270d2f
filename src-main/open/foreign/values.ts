import type { AnyValue, KeyValue } from '#proto/model/any-value';

/** What other formats hold, of which nothing is taken for granted: every part of a file can be anything. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** Own fields only: `__proto__` and `constructor` are nothing. */
export function fieldOf(fields: Fields | undefined, key: string): unknown {
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Hexadecimal digits, filled up with zeros on the left to `digits`; undefined where it is no id, or all zero. */
export function idOf(value: unknown, digits: 16 | 32): string | undefined {
  if (typeof value !== 'string' || !/^[0-9a-f]+$/i.test(value) || value.length > digits) return undefined;
  const id = value.toLowerCase().padStart(digits, '0');
  return /^0+$/.test(id) ? undefined : id;
}

/** Microseconds since the Unix epoch, as a number or in decimal digits, as nanoseconds; undefined where it is no time that OTLP can hold. */
export function nanosOf(micros: unknown): bigint | undefined {
  const whole = wholeOf(micros);
  return whole === undefined || whole < 0n || whole * 1000n >= 2n ** 64n ? undefined : whole * 1000n;
}

export function wholeOf(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.round(value)) : undefined;
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined;
}

/** Any JSON value as an attribute, as it stands. */
export function anyValueOf(value: unknown): AnyValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'bigint':
      return intValue(value) ?? { stringValue: String(value) };
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? { intValue: String(value) }
        : { doubleValue: Object.is(value, -0) ? '-0' : value };
    default:
      return value === null || value === undefined ? {} : { stringValue: jsonOf(value) };
  }
}

export function intValue(value: bigint): AnyValue | undefined {
  return BigInt.asIntN(64, value) === value ? { intValue: String(value) } : undefined;
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? '';
}

/** Fields that the format is not known to have, so that nothing is lost: under a prefix that says where they come from. */
export function unknownFields(fields: Fields, known: ReadonlySet<string>, prefix: string): KeyValue[] {
  return Object.keys(fields)
    .filter((key) => !known.has(key) && fields[key] !== null)
    .map((key) => ({ key: prefix + key, value: anyValueOf(fields[key]) }));
}
