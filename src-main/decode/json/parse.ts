import { isUtf8 } from 'node:buffer';
import { BadPayloadError } from '../bad-payload-error.ts';
import type { Issues } from '../issues.ts';
import { warnOfRepairedText } from '../values.ts';
import { cutDeep, scanJson } from './scan.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * A JSON body as an object. Integers that a double does not hold are bigints. A body of nothing but white space is the empty request. Throws `BadPayloadError`.
 */
export function parseJson(payload: Uint8Array, issues: Issues): JsonObject {
  const bytes = withoutByteOrderMark(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength));
  const { longIntegers, deepBounds } = scanJson(bytes);
  if (!isUtf8(bytes)) warnOfRepairedText(issues);
  const text = (deepBounds.length > 0 ? cutDeep(bytes, deepBounds) : bytes).toString('utf8');
  if (text.trim() === '') return {};
  const value = parseText(text, longIntegers);
  if (!isJsonObject(value)) throw new BadPayloadError('Not OTLP: the JSON is not an object.');
  return value;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseText(text: string, longIntegers: boolean): unknown {
  try {
    return longIntegers ? JSON.parse(text, exactInteger) : JSON.parse(text);
  } catch (error) {
    throw new BadPayloadError(`Not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** A reviver. Numbers of more than 20 digits are out of every range of OTLP, so they may be rounded. */
function exactInteger(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return source.length <= 21 && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

function withoutByteOrderMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
