import type { Walked } from '#main/decode/walk/walked';
import type { Comparison } from '#proto/model/query';
import type { AnyValue } from '#proto/model/any-value';
import type { NumberZones } from './entries.ts';
import { keyValueAt, KeyValueView, valueKind } from './key-value.ts';
import { KnownKeys } from './known-keys.ts';
import { everythingTerm, keyTerm } from './term-hash.ts';
import { termOfKey } from './terms.ts';

/**
 * Of each attribute key the smallest and the largest number in a chunk, so that a comparison that no record can meet is answered without the bytes. Numbers are ints, doubles and
 * texts that are wholly a finite number. A chunk with more keys than `mostKeys` has one zone, that of `everythingTerm`, for all.
 */

const mostKeys = 1024;
/** Bytes of a text that may be a number; a longer one is not looked at, and may be any. */
const longestNumber = 1024;

/** Whether a record of the chunk may have a number at `key` that compares so with `bound`. `key` is taken as it is: ask for each of its names. */
export function zonesMayHold(
  { keys, min, max }: NumberZones,
  key: string,
  comparison: Exclude<Comparison, '=' | '!='>,
  bound: number,
): boolean {
  const zone = keys[0] === everythingTerm ? 0 : keys.indexOf(termOfKey(key));
  if (zone < 0) return false;
  switch (comparison) {
    case '<':
      return (min[zone] as number) < bound;
    case '<=':
      return (min[zone] as number) <= bound;
    case '>':
      return (max[zone] as number) > bound;
    case '>=':
      return (max[zone] as number) >= bound;
  }
}

export function numberZonesOf({ attributes, bytes }: Walked): NumberZones {
  const zones = new Zones();
  const view = new KeyValueView(bytes);
  const keys = new KnownKeys(bytes);
  for (let row = 0; row < attributes.count; row += 1) {
    const start = attributes.start[row] as number;
    const end = attributes.end[row] as number;
    if (view.read(start, end)) addViewed(zones, bytes, view, keys);
    else {
      const attribute = keyValueAt(bytes, start, end);
      if (attribute !== undefined) zones.add(termOfKey(attribute.key), numberOf(attribute.value));
      else zones.addEverything();
    }
  }
  return zones.take();
}

function addViewed(zones: Zones, bytes: Uint8Array, view: KeyValueView, keys: KnownKeys): void {
  if (view.kind === valueKind.bool) return;
  if (view.kind === valueKind.text && !mayBeNumber(bytes, view.valueStart, view.valueEnd)) return;
  const slot = keys.slotOf(view.keyStart, view.keyEnd);
  const key = keyTerm(keys.hashes[slot < 0 ? ~slot : slot] as number);
  if (view.kind === valueKind.int) zones.add(key, view.int);
  else if (view.kind === valueKind.double) zones.add(key, view.double);
  else if (view.valueEnd - view.valueStart > longestNumber) zones.addAny(key);
  else
    zones.add(key, numberOfText(Buffer.from(bytes.buffer, bytes.byteOffset + view.valueStart, view.valueEnd - view.valueStart).toString()));
}

/**
 * False for most texts that are no number, at the cost of a look at the first bytes: digits, signs, a point, an exponent, white space, and what follows 0 in 0x1f, 0o17 and
 * 0b11.
 */
function mayBeNumber(bytes: Uint8Array, start: number, end: number): boolean {
  const most = Math.min(end, start + longestNumber);
  for (let at = start; at < most; at += 1) {
    const byte = bytes[at] as number;
    if ((byte >= 0x30 && byte <= 0x39) || byte <= 0x20 || byte >= 0x80) continue;
    if (byte === 0x2b || byte === 0x2d || byte === 0x2e || byte === 0x65 || byte === 0x45) continue;
    return at > start && bytes[at - 1] === 0x30 && 'xob'.includes(String.fromCharCode(byte | 0x20));
  }
  return end > start;
}

function numberOf(value: AnyValue): number {
  if ('intValue' in value) return Number(value.intValue);
  if ('doubleValue' in value) return Number(value.doubleValue);
  return 'stringValue' in value ? numberOfText(value.stringValue) : Number.NaN;
}

/** NaN where the text is no number. */
function numberOfText(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : Number.NaN;
}

class Zones {
  #zones = new Map<number, { min: number; max: number }>();
  #everything = false;

  /** NaN meets no comparison. */
  add(key: number, number: number): void {
    if (Number.isNaN(number) || this.#everything) return;
    const zone = this.#zones.get(key);
    if (zone !== undefined) {
      if (number < zone.min) zone.min = number;
      if (number > zone.max) zone.max = number;
    } else if (this.#zones.size === mostKeys) this.addEverything();
    else this.#zones.set(key, { min: number, max: number });
  }

  addAny(key: number): void {
    this.add(key, Number.NEGATIVE_INFINITY);
    this.add(key, Number.POSITIVE_INFINITY);
  }

  addEverything(): void {
    this.#everything = true;
    this.#zones = new Map([[everythingTerm, { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }]]);
  }

  take(): NumberZones {
    const zones = [...this.#zones].toSorted(([left], [right]) => left - right);
    return {
      keys: Uint32Array.from(zones, ([key]) => key),
      min: Float64Array.from(zones, ([, { min }]) => min),
      max: Float64Array.from(zones, ([, { max }]) => max),
    };
  }
}
