import { mostEvents, type TraceSummary } from '#proto/bridge/shapes';
import { missingParent, rootParent, type TraceColumns } from '#proto/bridge/trace-columns';
import { StatusCode } from '#proto/model/span';
import type { SpanTable } from './span-table.ts';
import type { TraceSpans } from './trace-spans.ts';
import { byName, durationOf } from './trace-summary.ts';
import type { TraceArrival } from './traces.ts';

/** What is known of the trace beside its spans. */
interface TraceSurroundings {
  traceId: Buffer;
  arrival: TraceArrival;
  origins: Pick<TraceSummary, 'importedFrom'>;
  logCount: number;
  /** By span id. */
  logCounts: ReadonlyMap<string, number>;
}

/** No object a span: a hundred thousand are a matter of milliseconds. */
export function traceColumns(spans: TraceSpans, around: TraceSurroundings): TraceColumns {
  const { table, order } = spans;
  const places = placesOf(table.count, order);
  const trace = new TraceTimes(table, order);
  const parent = parentsOf(spans, places);
  return {
    summary: exactSummary(around, spans, parent, trace),
    strings: table.strings.values,
    spanIds: idBytes(table, order),
    parent,
    offsetNs: gathered(new Float64Array(order.length), order, (row) => trace.offsetOf(table.starts, row)),
    durationNs: gathered(
      new Float64Array(order.length),
      order,
      (row) => trace.offsetOf(table.ends, row) - trace.offsetOf(table.starts, row),
    ),
    name: picked(table.name, new Uint32Array(order.length), order),
    service: picked(table.service, new Uint32Array(order.length), order),
    kind: picked(table.kind, new Int32Array(order.length), order),
    statusCode: picked(table.statusCode, new Int32Array(order.length), order),
    statusMessage: picked(table.statusMessage, new Uint32Array(order.length), order),
    eventCount: picked(table.eventCount, new Uint32Array(order.length), order),
    logCount: logCountsOf(spans, places, around.logCounts),
    ...eventColumns(table, order, trace),
  };
}

function gathered<Column extends Float64Array | Uint32Array | Int32Array>(
  column: Column,
  order: Uint32Array,
  valueOf: (row: number) => number,
): Column {
  for (let place = 0; place < order.length; place += 1) column[place] = valueOf(order[place] as number);
  return column;
}

function picked<Column extends Uint32Array | Int32Array>(from: Column, into: Column, order: Uint32Array): Column {
  for (let place = 0; place < order.length; place += 1) into[place] = from[order[place] as number] as number;
  return into;
}

function logCountsOf({ order, byId }: TraceSpans, places: Int32Array, counts: ReadonlyMap<string, number>): Uint32Array {
  const logCount = new Uint32Array(order.length);
  for (const [spanId, count] of counts) {
    const row = spanId === '' ? -1 : byId.rowOf(Number.parseInt(spanId.slice(8), 16), Number.parseInt(spanId.slice(0, 8), 16));
    if (row >= 0) logCount[places[row] as number] = count;
  }
  return logCount;
}

/** Place in `order` by row. */
function placesOf(count: number, order: Uint32Array): Int32Array {
  const places = new Int32Array(count);
  for (let place = 0; place < order.length; place += 1) places[order[place] as number] = place;
  return places;
}

/** Earliest start and latest end, and differences from the start without making a bigint a span. */
class TraceTimes {
  readonly #startLow: number = 0;
  readonly #startHigh: number = 0;
  #endLow = 0;
  #endHigh = 0;

  constructor({ starts, ends }: SpanTable, order: Uint32Array) {
    const first = order[0];
    if (first === undefined) return;
    this.#startLow = starts[2 * first] as number;
    this.#startHigh = starts[2 * first + 1] as number;
    for (let place = 0; place < order.length; place += 1) {
      const row = order[place] as number;
      const low = ends[2 * row] as number;
      const high = ends[2 * row + 1] as number;
      if (high < this.#endHigh || (high === this.#endHigh && low <= this.#endLow)) continue;
      this.#endLow = low;
      this.#endHigh = high;
    }
  }

  get startNs(): bigint {
    return (BigInt(this.#startHigh) << 32n) | BigInt(this.#startLow);
  }

  get endNs(): bigint {
    return (BigInt(this.#endHigh) << 32n) | BigInt(this.#endLow);
  }

  /** Exact up to 104 days. */
  offsetOf(times: Uint32Array, row: number): number {
    return ((times[2 * row + 1] as number) - this.#startHigh) * 2 ** 32 + ((times[2 * row] as number) - this.#startLow);
  }
}

/** 8 bytes each, as on the wire. */
function idBytes({ spanIds }: SpanTable, order: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(order.length * 8));
  for (let place = 0; place < order.length; place += 1) {
    const row = order[place] as number;
    view.setUint32(place * 8, spanIds[2 * row + 1] as number);
    view.setUint32(place * 8 + 4, spanIds[2 * row] as number);
  }
  return new Uint8Array(view.buffer);
}

function parentsOf({ table, order, byId }: TraceSpans, places: Int32Array): Int32Array {
  return gathered(new Int32Array(order.length), order, (row) => {
    const low = table.parentSpanIds[2 * row] as number;
    const high = table.parentSpanIds[2 * row + 1] as number;
    if (low === 0 && high === 0) return rootParent;
    const parent = byId.rowOf(low, high);
    return parent < 0 ? missingParent : (places[parent] as number);
  });
}

function eventColumns(
  { events, eventFrom, eventCount }: SpanTable,
  order: Uint32Array,
  trace: TraceTimes,
): Pick<TraceColumns, 'eventSpan' | 'eventOffsetNs' | 'eventIsException'> {
  const count = Math.min(mostEvents, events.count);
  const eventSpan = new Int32Array(count);
  const eventOffsetNs = new Float64Array(count);
  const eventIsException = new Uint8Array(count);
  let at = 0;
  for (let place = 0; place < order.length && at < count; place += 1) {
    const row = order[place] as number;
    const from = eventFrom[row] as number;
    const to = Math.min(from + (eventCount[row] as number), from + count - at);
    for (let event = from; event < to; event += 1, at += 1) {
      eventSpan[at] = place;
      eventOffsetNs[at] = trace.offsetOf(events.times, event);
      eventIsException[at] = events.isException[event] as number;
    }
  }
  return {
    eventSpan: eventSpan.subarray(0, at),
    eventOffsetNs: eventOffsetNs.subarray(0, at),
    eventIsException: eventIsException.subarray(0, at),
  };
}

/** Over spans of which each is there once: exact, where the sums of a list may count one twice. */
function exactSummary(around: TraceSurroundings, { table, order }: TraceSpans, parent: Int32Array, trace: TraceTimes): TraceSummary {
  const spansOf = new Uint32Array(table.strings.values.length);
  const errorsOf = new Uint32Array(table.strings.values.length);
  let errorCount = 0;
  for (let place = 0; place < order.length; place += 1) {
    const row = order[place] as number;
    const service = table.service[row] as number;
    spansOf[service] = (spansOf[service] as number) + 1;
    if (table.statusCode[row] !== StatusCode.error) continue;
    errorsOf[service] = (errorsOf[service] as number) + 1;
    errorCount += 1;
  }
  const services = table.strings.values.flatMap((name, index) =>
    spansOf[index] === 0 ? [] : [{ name, spanCount: spansOf[index] as number, errorCount: errorsOf[index] as number }],
  );
  const firstRoot = parent.indexOf(rootParent);
  const root = order[Math.max(0, firstRoot)] ?? 0;
  return {
    traceId: around.traceId.toString('hex'),
    rootName: table.strings.values[table.name[root] as number] ?? '',
    rootService: table.strings.values[table.service[root] as number] ?? '',
    hasRoot: firstRoot >= 0,
    startTimeUnixNano: String(trace.startNs),
    durationNano: durationOf(trace.startNs, trace.endNs),
    spanCount: order.length,
    errorCount,
    logCount: around.logCount,
    services: byName(services),
    receivedTimeUnixNano: String(around.arrival.receivedNs),
    pinned: around.arrival.pinned,
    ...around.origins,
  };
}
