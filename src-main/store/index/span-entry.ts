import type { WalkedSpans } from '#main/decode/walk/walked';
import { durationCode } from './duration-code.ts';
import type { SpanEntry } from './entries.ts';
import { EntryReader, EntryWriter, narrowRows } from './entry-bytes.ts';
import { halvesOf } from './halves.ts';
import { numberZonesOf } from './number-zones.ts';
import { sourceRunsOf } from './source-runs.ts';
import { nameTerm } from './term-hash.ts';

/**
 * Five bytes a span and a few hundred a chunk. As bytes: seven numbers (spans, source runs, names, traces, number zones, least ordinal, range of ordinals), then the
 * columns: zone minima and maxima as doubles; zone keys, source ids and ends and names in 32 bits; durations in 16; ordinals, after the least, and the spans' names and
 * traces in as many bytes as their number takes; bits in 8 (`entry-bytes.ts`).
 */

/** `ordinals`: of each row of `walked.traceIds`. `sourceIds`: of each row of `walked.sources`. */
export function spanEntryOf(walked: WalkedSpans, ordinals: Uint32Array, sourceIds: Uint32Array): SpanEntry {
  const { count } = walked;
  return {
    count,
    ...sourceRunsOf(walked, sourceIds),
    ...namesOf(walked),
    ordinals,
    trace: narrowRows(walked.trace.subarray(0, count), ordinals.length),
    duration: durationsOf(walked),
    bits: bitsOf(walked),
    zones: numberZonesOf(walked),
  };
}

function namesOf({ bytes, count, name, texts }: WalkedSpans): Pick<SpanEntry, 'names' | 'name'> {
  const names: number[] = [];
  /** Row in `names`, plus 1, of each text. */
  const rowOf = new Uint32Array(texts.count);
  const rows = new Uint32Array(count);
  for (let span = 0; span < count; span += 1) {
    const text = name[span] as number;
    if (rowOf[text] === 0) {
      names.push(nameTerm(bytes, texts.start[text] as number, texts.end[text] as number));
      rowOf[text] = names.length;
    }
    rows[span] = (rowOf[text] as number) - 1;
  }
  return { names: Uint32Array.from(names), name: narrowRows(rows, names.length) };
}

function durationsOf({ count, startNs, endNs }: WalkedSpans): Uint16Array {
  const codes = new Uint16Array(count);
  const start = halvesOf(startNs);
  const end = halvesOf(endNs);
  for (let span = 0; span < count; span += 1) {
    const low = span * 2;
    const high = low + 1;
    codes[span] = durationCode(start[low] as number, start[high] as number, end[low] as number, end[high] as number);
  }
  return codes;
}

function bitsOf({ count, kind, statusCode }: WalkedSpans): Uint8Array {
  const bits = new Uint8Array(count);
  for (let span = 0; span < count; span += 1) bits[span] = below(kind[span] as number, 7) | (below(statusCode[span] as number, 3) << 3);
  return bits;
}

/** `value`, or `other` for all that are not from 0 to below it. */
function below(value: number, other: number): number {
  return value >= 0 && value < other ? value : other;
}

export function writeSpanEntry(entry: SpanEntry): Uint8Array {
  const { sourceIds, names, ordinals, zones } = entry;
  const writer = new EntryWriter();
  const { least, range } = rangeOf(ordinals);
  writer.column(Uint32Array.of(entry.count, sourceIds.length, names.length, ordinals.length, zones.keys.length, least, range));
  writer.column(zones.min);
  writer.column(zones.max);
  for (const column of [zones.keys, sourceIds, entry.sourceEnds, names]) writer.column(column);
  writer.column(entry.duration);
  writer.column(
    narrowRows(
      ordinals.map((ordinal) => ordinal - least),
      range,
    ),
  );
  writer.column(entry.name);
  writer.column(entry.trace);
  writer.column(entry.bits);
  return writer.take();
}

/** Ordinals of one chunk are near each other, as its traces are new or still going on. */
function rangeOf(ordinals: Uint32Array): { least: number; range: number } {
  if (ordinals.length === 0) return { least: 0, range: 0 };
  const least = ordinals.reduce((one, other) => Math.min(one, other));
  return { least, range: Math.min(ordinals.reduce((one, other) => Math.max(one, other)) - least + 1, 0xffff_ffff) };
}

/** Its columns, but for the ordinals, are views of `bytes` where those begin at a multiple of 8. Throws a `RangeError` where the bytes are too few. */
export function readSpanEntry(bytes: Uint8Array): SpanEntry {
  const reader = new EntryReader(bytes);
  const [count = 0, runs = 0, nameCount = 0, traceCount = 0, zoneCount = 0, leastOrdinal = 0, ordinalRange = 0] = reader.u32(7);
  const min = reader.f64(zoneCount);
  const max = reader.f64(zoneCount);
  const zones = { keys: reader.u32(zoneCount), min, max };
  return {
    count,
    sourceIds: reader.u32(runs),
    sourceEnds: reader.u32(runs),
    names: reader.u32(nameCount),
    duration: reader.u16(count),
    ordinals: new Uint32Array(reader.rows(traceCount, ordinalRange)).map((after) => leastOrdinal + after),
    name: reader.rows(count, nameCount),
    trace: reader.rows(count, traceCount),
    bits: reader.u8(count),
    zones,
  };
}
