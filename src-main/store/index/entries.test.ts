import { describe, expect, it } from 'vitest';
import type { Walked } from '#main/decode/walk/walked';
import { durationCodeOf } from './duration-code.ts';
import type { LogEntry, NumberZones, SpanEntry } from './entries.ts';
import { narrowRows } from './entry-bytes.ts';
import { logEntryOf, readLogEntry, writeLogEntry } from './log-entry.ts';
import { numberZonesOf } from './number-zones.ts';
import { Random } from './random.fixture.ts';
import { sourceRunsOf } from './source-runs.ts';
import { readSpanEntry, spanEntryOf, writeSpanEntry } from './span-entry.ts';
import { randomLog, randomSpan, walkedLogsOf, walkedSpansOf } from './telemetry.fixture.ts';
import { termOfName } from './terms.ts';

const random = new Random(6);
const largest = 2n ** 64n - 1n;

const u32s = (count: number): Uint32Array => Uint32Array.from({ length: count }, () => random.u32());
const rowsBelow = (rows: number, count: number): Uint32Array => Uint32Array.from({ length: count }, () => random.below(rows));

function randomZones(count: number): NumberZones {
  const doubles = (): Float64Array =>
    Float64Array.from({ length: count }, () => random.pick([-Infinity, Infinity, 0, -0, 5e-324, random.u32()]));
  return { keys: u32s(count), min: doubles(), max: doubles() };
}

function randomSpanEntry(count: number, names: number, traces: number, sources: number): SpanEntry {
  return {
    count,
    sourceIds: u32s(sources),
    sourceEnds: u32s(sources),
    zones: randomZones(random.below(5)),
    names: u32s(names),
    name: narrowRows(rowsBelow(names, count), names),
    ordinals: u32s(traces),
    trace: narrowRows(rowsBelow(traces, count), traces),
    duration: Uint16Array.from({ length: count }, () => random.u32()),
    bits: Uint8Array.from({ length: count }, () => random.u32()),
  };
}

function randomLogEntry(count: number, sources: number, time: () => bigint): LogEntry {
  const runs = random.below(4);
  return {
    count,
    sourceIds: u32s(sources),
    sourceEnds: u32s(sources),
    zones: randomZones(random.below(5)),
    timesNs: BigUint64Array.from({ length: count }, time),
    severity: Uint8Array.from({ length: count }, () => random.u32()),
    firstIds: Float64Array.from({ length: runs }, () => random.u32() * 1_000_000),
    idEnds: u32s(runs),
  };
}

describe('a span entry as bytes', () => {
  it.each([
    [0, 0, 0, 0],
    [1, 1, 1, 1],
    [255, 255, 3, 2],
    [512, 256, 257, 1],
    [700, 257, 256, 700],
    [5000, 3000, 5000, 5],
    [70_001, 65_536, 65_537, 70_000],
  ])('of %i spans, %i names, %i traces and %i runs of sources comes back as it was', (...sizes) => {
    const entry = randomSpanEntry(...sizes);
    const bytes = writeSpanEntry(entry);
    expect(readSpanEntry(bytes)).toEqual(entry);
  });

  it('is read from where it stands among others', () => {
    const entry = randomSpanEntry(301, 7, 21, 2);
    const bytes = writeSpanEntry(entry);
    for (let offset = 0; offset < 9; offset += 1) {
      const all = new Uint8Array(bytes.length + 20).fill(0xff);
      all.set(bytes, offset);
      expect(readSpanEntry(all.subarray(offset, offset + bytes.length))).toEqual(entry);
    }
  });

  it('that is cut off or nonsense is an error, not an entry of nothing', () => {
    const bytes = writeSpanEntry(randomSpanEntry(100, 7, 21, 2));
    for (let length = 0; length < bytes.length; length += 1) expect(() => readSpanEntry(bytes.subarray(0, length))).toThrow(RangeError);
    expect(() => readSpanEntry(new Uint8Array(400).fill(0xff))).toThrow(RangeError);
  });
});

describe('spanEntryOf', () => {
  it('says of each span what it is', () => {
    for (let turn = 0; turn < 100; turn += 1) {
      const spans = random.list(20, () => randomSpan(random));
      const walked = walkedSpansOf(spans);
      const ordinals = Uint32Array.from({ length: walked.traceCount }, (_, row) => row + 5);
      const entry = spanEntryOf(walked, ordinals, Uint32Array.of(9));
      const traceIds = Buffer.from(walked.traceIds);
      expect(entry.count).toBe(spans.length);
      expect(entry.zones).toEqual(numberZonesOf(walked));
      expect([...entry.sourceIds, ...entry.sourceEnds]).toEqual(spans.length === 0 ? [] : [9, spans.length]);
      expect(new Set(entry.names).size).toBe(entry.names.length);
      for (const [row, span] of spans.entries()) {
        expect(entry.names[entry.name[row] as number]).toBe(termOfName(span.name));
        const ordinal = entry.ordinals[entry.trace[row] as number] as number;
        expect(traceIds.toString('hex', (ordinal - 5) * 16, (ordinal - 4) * 16)).toBe(span.traceId);
        expect(entry.duration[row]).toBe(durationCodeOf(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)));
        expect(entry.bits[row]).toBe((span.kind > 6 ? 7 : span.kind) | ((span.status.code > 2 ? 3 : span.status.code) << 3));
      }
    }
  });
});

describe('a log entry as bytes', () => {
  it.each([
    ['all at once', () => 1_790_000_000_000_000_000n],
    ['within seconds', () => 1_790_000_000_000_000_000n + BigInt(random.u32())],
    ['over a low half that runs over', () => 0x18d0_ffff_ffff_fff0n + BigInt(random.below(32))],
    ['within minutes', () => 1_790_000_000_000_000_000n + BigInt(random.u32()) * 200n],
    ['within days', () => 1_790_000_000_000_000_000n + BigInt(random.u32()) * 60_000n],
    ['anywhere', () => random.pick([0n, largest, random.u64()])],
  ])('with times %s comes back as it was', (_, time) => {
    for (const [count, sources] of [
      [0, 0],
      [1, 1],
      [700, 3],
      [2000, 1999],
    ] as const) {
      const entry = randomLogEntry(count, sources, time);
      expect(readLogEntry(writeLogEntry(entry))).toEqual(entry);
    }
  });

  it('takes six bytes a record where a chunk is a few minutes long', () => {
    const entry = randomLogEntry(512, 1, () => 1_790_000_000_000_000_000n + BigInt(random.u32()) * 60n);
    expect(writeLogEntry(entry).length).toBeLessThan(512 * 6 + 300);
  });

  it('that is cut off or nonsense is an error, not an entry of nothing', () => {
    const bytes = writeLogEntry(randomLogEntry(100, 2, () => random.u64()));
    for (let length = 0; length < bytes.length; length += 1) expect(() => readLogEntry(bytes.subarray(0, length))).toThrow(RangeError);
    expect(() => readLogEntry(new Uint8Array(400).fill(0xff))).toThrow(RangeError);
  });
});

describe('logEntryOf', () => {
  it('says of each record when it was, how severe, and which one', () => {
    const logs = Array.from({ length: 50 }, () => randomLog(random));
    const runs = [
      { firstId: 100, count: 20, receivedNs: 7n },
      { firstId: 500, count: 30, receivedNs: 8n },
    ];
    const entry = logEntryOf(walkedLogsOf(logs), Uint32Array.of(3), runs);
    const times = logs.map((log, row) => BigInt(log.timeUnixNano) || BigInt(log.observedTimeUnixNano) || (row < 20 ? 7n : 8n));
    expect([...entry.timesNs]).toEqual(times);
    expect([...entry.severity]).toEqual(logs.map(({ severityNumber }) => (severityNumber > 24 ? 255 : severityNumber)));
    expect([...entry.firstIds, ...entry.idEnds]).toEqual([100, 500, 20, 50]);
  });
});

describe('runs of sources', () => {
  it('tell the source of each of 70,000 records, also where each has its own', () => {
    const count = 70_000;
    const sourceIds = Uint32Array.from({ length: count }, (_, row) => 4_000_000_000 - row);
    for (const source of [Uint32Array.from({ length: count }, (_, row) => row), rowsBelow(2, count), new Uint32Array(count)]) {
      const runs = sourceRunsOf({ count, source } as Walked, sourceIds);
      const told: number[] = [];
      runs.sourceIds.forEach((id, run) => {
        while (told.length < (runs.sourceEnds[run] as number)) told.push(id);
      });
      expect(told).toEqual(Array.from(source, (row) => sourceIds[row]));
    }
  });
});
