import { Sources } from '#main/decode/walk/sources';
import type { WalkedSource } from '#main/decode/walk/walked';
import { serviceNameOf } from '../sources.ts';
import type { ChunkContent } from './chunk-content.ts';
import { eventsOf } from './span-events.ts';
import { SpanScan } from './span-scan.ts';

/** Strings, each once. */
class Strings {
  readonly values: string[] = [];
  readonly #indexes = new Map<string, number>();

  indexOf(value: string): number {
    let index = this.#indexes.get(value);
    if (index === undefined) {
      index = this.values.push(value) - 1;
      this.#indexes.set(value, index);
    }
    return index;
  }
}

const firstCapacity = 64;

/**
 * The spans of one trace in order of arrival, as their chunks are walked one after the other; 64-bit numbers as pairs of halves, the low one first (`halvesOf`). A span that came
 * twice is in it twice.
 */
export class SpanTable {
  count = 0;
  readonly strings = new Strings();
  spanIds = new Uint32Array(firstCapacity * 2);
  parentSpanIds = new Uint32Array(firstCapacity * 2);
  starts = new Uint32Array(firstCapacity * 2);
  ends = new Uint32Array(firstCapacity * 2);
  name = new Uint32Array(firstCapacity);
  service = new Uint32Array(firstCapacity);
  statusMessage = new Uint32Array(firstCapacity);
  kind = new Int32Array(firstCapacity);
  statusCode = new Int32Array(firstCapacity);
  eventCount = new Uint32Array(firstCapacity);
  /** Place of the span's chunk among those that were added, and its row there. */
  chunk = new Uint32Array(firstCapacity);
  row = new Uint32Array(firstCapacity);
  /** Events of span `s`: from `eventFrom[s]`, as many as its `eventCount`. */
  eventFrom = new Uint32Array(firstCapacity);
  readonly events = new EventTable();
  readonly #scan = new SpanScan();
  #chunks = 0;

  /** Adds the spans of the trace that the chunk has. */
  add({ bytes, frame }: ChunkContent<unknown>, traceId: Uint8Array): void {
    const chunk = this.#chunks;
    this.#chunks += 1;
    this.#reserve(this.count + frame.count);
    const scan = this.#scan;
    scan.begin(bytes, traceId);
    const sources = new Sources(bytes, frame);
    const text = this.#textsOf(bytes, scan);
    for (const [group, { from, to }] of frame.scopes.entries()) {
      let service = -1;
      for (let row = from; row < to; row += 1) {
        if (!scan.read(frame.recordStart[row] as number, frame.recordEnd[row] as number)) continue;
        if (service < 0)
          service = this.strings.indexOf(serviceNameOf((sources.sources[sources.rowOf(group, '')] as WalkedSource).resource));
        const at = this.count;
        this.#copy(scan, at);
        this.name[at] = text(scan.name);
        this.service[at] = service;
        this.statusMessage[at] = text(scan.statusMessage);
        this.chunk[at] = chunk;
        this.row[at] = row;
        this.eventFrom[at] = this.events.count;
        if (scan.eventCount > 0) eventsOf(bytes, frame.recordStart[row] as number, frame.recordEnd[row] as number, this.events);
        this.count += 1;
      }
    }
  }

  /** 16 hex digits. */
  spanIdAt(row: number): string {
    return hexOf(this.spanIds[2 * row + 1] as number) + hexOf(this.spanIds[2 * row] as number);
  }

  #copy(scan: SpanScan, at: number): void {
    const [low, high] = [2 * at, 2 * at + 1];
    this.spanIds[low] = scan.spanIdLow;
    this.spanIds[high] = scan.spanIdHigh;
    this.parentSpanIds[low] = scan.parentLow;
    this.parentSpanIds[high] = scan.parentHigh;
    this.starts[low] = scan.startLow;
    this.starts[high] = scan.startHigh;
    this.ends[low] = scan.endLow;
    this.ends[high] = scan.endHigh;
    this.kind[at] = scan.kind;
    this.statusCode[at] = scan.statusCode;
    this.eventCount[at] = scan.eventCount;
  }

  /** Place in `strings` of a text that the scan found; each is read once. */
  #textsOf(bytes: Buffer, { texts }: SpanScan): (row: number) => number {
    const places: number[] = [];
    return (row) => (places[row] ??= this.strings.indexOf(bytes.toString('utf8', texts.start[row], texts.end[row])));
  }

  #reserve(count: number): void {
    if (count <= this.name.length) return;
    const capacity = Math.max(count, this.name.length * 2);
    this.spanIds = grown(this.spanIds, capacity * 2);
    this.parentSpanIds = grown(this.parentSpanIds, capacity * 2);
    this.starts = grown(this.starts, capacity * 2);
    this.ends = grown(this.ends, capacity * 2);
    this.name = grown(this.name, capacity);
    this.service = grown(this.service, capacity);
    this.statusMessage = grown(this.statusMessage, capacity);
    this.kind = grown(this.kind, capacity);
    this.statusCode = grown(this.statusCode, capacity);
    this.eventCount = grown(this.eventCount, capacity);
    this.chunk = grown(this.chunk, capacity);
    this.row = grown(this.row, capacity);
    this.eventFrom = grown(this.eventFrom, capacity);
  }
}

/** Events in the order in which their spans were added. */
class EventTable {
  count = 0;
  /** Pairs of halves, like those of spans. */
  times = new Uint32Array(firstCapacity * 2);
  isException = new Uint8Array(firstCapacity);

  add(timeLow: number, timeHigh: number, isException: boolean): void {
    const at = this.count;
    if (at === this.isException.length) {
      this.times = grown(this.times, at * 4);
      this.isException = grown(this.isException, at * 2);
    }
    this.times[2 * at] = timeLow;
    this.times[2 * at + 1] = timeHigh;
    this.isException[at] = isException ? 1 : 0;
    this.count += 1;
  }
}

const hexOf = (half: number): string => half.toString(16).padStart(8, '0');

function grown<Column extends Uint32Array | Int32Array | Uint8Array>(column: Column, length: number): Column {
  const larger = new (column.constructor as new (length: number) => Column)(length);
  larger.set(column);
  return larger;
}
