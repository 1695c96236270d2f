import { BadPayloadError } from '../bad-payload-error.ts';

/** Deepest JSON that is looked at: the envelopes and `maxValueDepth` levels of map, each of which is four levels of JSON, with room to spare. */
const maxJsonDepth = 512;

/** Brackets and commas in one body: OTLP/JSON has one in nine bytes at its densest, which for 64 MiB is this. More would be a memory bomb. */
const maxTokens = 8_000_000;

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
/** Set, this bit makes `[` into `{` and `]` into `}`. */
const braceBit = 0x20;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const digit0 = 0x30;
const digit9 = 0x39;

export interface JsonScan {
  /** An integer is written with more digits than a double holds. */
  longIntegers: boolean;
  /** Where arrays and objects below `maxJsonDepth` start and end, alternately. */
  deepBounds: number[];
}

/** Looks over a JSON body in one pass, before a parser that would use memory in proportion to depth and lose digits. Throws `BadPayloadError`. */
export function scanJson(bytes: Uint8Array): JsonScan {
  const scan: JsonScan = { longIntegers: false, deepBounds: [] };
  let depth = 0;
  let tokens = 0;
  let digits = 0;
  let deepStart = 0;
  for (let pos = 0; pos < bytes.length; pos += 1) {
    const byte = bytes[pos] as number;
    if (byte >= digit0 && byte <= digit9) {
      digits += 1;
      if (digits === 16) scan.longIntegers = true;
      continue;
    }
    digits = 0;
    if (byte === quote) pos = endOfString(bytes, pos);
    else if (byte === comma) tokens += 1;
    else if ((byte | braceBit) === openBrace) {
      tokens += 1;
      depth += 1;
      if (depth === maxJsonDepth + 1) deepStart = pos;
    } else if ((byte | braceBit) === closeBrace) {
      if (depth === maxJsonDepth + 1) scan.deepBounds.push(deepStart, pos + 1);
      depth -= 1;
    }
    if (tokens > maxTokens) throw new BadPayloadError(`Not OTLP: the JSON holds more than ${maxTokens} values: send smaller batches.`);
  }
  if (depth > 0) throw new BadPayloadError(`Not JSON: it ends inside ${depth} open brackets.`);
  return scan;
}

/** Position of the closing quote of the string that opens at `start`. */
function endOfString(bytes: Uint8Array, start: number): number {
  let pos = start + 1;
  while (pos < bytes.length && bytes[pos] !== quote) pos += bytes[pos] === backslash ? 2 : 1;
  return pos;
}

/** The body with a `0` for each array and object between `bounds`. What stands so deep is in a value that is cut far above it, or in a field that nobody knows. */
export function cutDeep(bytes: Buffer, bounds: readonly number[]): Buffer {
  const kept = Buffer.allocUnsafe(bytes.length);
  let written = 0;
  for (let index = 0; index <= bounds.length; index += 2) {
    written += bytes.copy(kept, written, bounds[index - 1] ?? 0, bounds[index] ?? bytes.length);
    if (index < bounds.length) written = kept.writeUInt8(digit0, written);
  }
  return kept.subarray(0, written);
}
