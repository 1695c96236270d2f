import { readText } from '#main/decode/walk/records';
import { rowOfTraceId } from '#main/decode/walk/records';
import type { WalkedSpans } from '#main/decode/walk/walked';
import { serviceNameOf } from '../sources.ts';
import { halvesOf } from '../index/halves.ts';
import { eventsOf } from './span-events.ts';

/** Strings, each once. */
export class Strings {
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
  #chunks = 0;

  /** Adds the spans of the trace that the chunk has. */
  add(walked: WalkedSpans, traceId: Uint8Array): void {
    const chunk = this.#chunks;
    this.#chunks += 1;
    const wanted = rowOfTraceId(walked, traceId);
    if (wanted < 0) return;
    this.#reserve(this.count + walked.count);
    const { trace, count } = walked;
    const [spanIds, parents, starts, ends] = [walked.spanIds, walked.parentSpanIds, walked.startNs, walked.endNs].map(halvesOf) as Halves4;
    const text = this.#textsOf(walked);
    const services = walked.sources.map((source) => this.strings.indexOf(serviceNameOf(source.resource)));
    for (let row = 0; row < count; row += 1) {
      if (trace[row] !== wanted) continue;
      const at = this.count;
      copyHalves(spanIds, row, this.spanIds, at);
      copyHalves(parents, row, this.parentSpanIds, at);
      copyHalves(starts, row, this.starts, at);
      copyHalves(ends, row, this.ends, at);
      this.name[at] = text(walked.name[row] as number);
      this.service[at] = services[walked.source[row] as number] as number;
      this.statusMessage[at] = text(walked.statusMessage[row] as number);
      this.kind[at] = walked.kind[row] as number;
      this.statusCode[at] = walked.statusCode[row] as number;
      this.eventCount[at] = walked.eventCount[row] as number;
      this.chunk[at] = chunk;
      this.row[at] = row;
      this.eventFrom[at] = this.events.count;
      if (walked.eventCount[row] !== 0) eventsOf(walked, row, this.events);
      this.count += 1;
    }
  }

  /** Place in `strings` of a row of `walked.texts`; each row is read once. */
  #textsOf(walked: WalkedSpans): (row: number) => number {
    const places = new Int32Array(walked.texts.count).fill(-1);
    return (row) => {
      let place = places[row] as number;
      if (place < 0) {
        place = this.strings.indexOf(readText(walked, row));
        places[row] = place;
      }
      return place;
    };
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

type Halves4 = [Uint32Array, Uint32Array, Uint32Array, Uint32Array];

function copyHalves(from: Uint32Array, row: number, to: Uint32Array, at: number): void {
  to[2 * at] = from[2 * row] as number;
  to[2 * at + 1] = from[2 * row + 1] as number;
}

/** Events in the order in which their spans were added. */
export class EventTable {
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

function grown<Column extends Uint32Array | Int32Array | Uint8Array>(column: Column, length: number): Column {
  const larger = new (column.constructor as new (length: number) => Column)(length);
  larger.set(column);
  return larger;
}
