import { z } from 'zod';
import { mostEvents, TraceSummary } from './shapes.ts';

/** A trace's parent that is none, and one that has not arrived. */
export const rootParent = -1;
export const missingParent = -2;

/**
 * A trace's structure in columns, one entry a span in order of start, in typed arrays: what a timeline needs to draw 100,000 spans, and nothing else. The same as
 * `TraceStructure`, which is for programs that read JSON. Attributes, events and links of one span are asked for when it is looked at.
 */
export interface TraceColumns {
  summary: TraceSummary;
  /** Interned strings that `name`, `service` and `statusMessage` point into. */
  strings: readonly string[];
  /** 8 bytes each. */
  spanIds: Uint8Array;
  /** Row of the parent in these columns; `rootParent`, or `missingParent`. May form cycles: what was sent is not judged here. */
  parent: Int32Array;
  /** Nanoseconds from the trace's start; exact up to 104 days. */
  offsetNs: Float64Array;
  /** Nanoseconds; negative where a span ends before it starts. */
  durationNs: Float64Array;
  name: Uint32Array;
  service: Uint32Array;
  kind: Int32Array;
  statusCode: Int32Array;
  statusMessage: Uint32Array;
  eventCount: Uint32Array;
  logCount: Uint32Array;
  /** The events, one entry an event, of the first spans, at most `mostEvents`: the row of its span, its nanoseconds from the trace's start, and 1 where it carries an exception. */
  eventSpan: Int32Array;
  eventOffsetNs: Float64Array;
  eventIsException: Uint8Array;
}

/**
 * The binary form, in which columns cross the bridge (`traces.columns`) without a number being parsed or written:
 *
 *     uint32  version of this form
 *     uint32  bytes of the header
 *     header  JSON in UTF-8: { summary, strings, spans, events }, filled up with spaces so that the columns begin at a multiple of 8
 *     columns in the order of `layout` below, one behind the other: those of 8 bytes an entry first, then those of 4, then bytes, so that all are aligned
 *
 * Little-endian, as every processor is that either side runs on.
 */
const version = 1;
const prefixBytes = 8;
const alignment = 8;
const spanIdBytes = 8;

/** Each column's kind, entries a record, and which count gives its records. */
const layout = [
  ['offsetNs', Float64Array, 1, 'spans'],
  ['durationNs', Float64Array, 1, 'spans'],
  ['eventOffsetNs', Float64Array, 1, 'events'],
  ['parent', Int32Array, 1, 'spans'],
  ['name', Uint32Array, 1, 'spans'],
  ['service', Uint32Array, 1, 'spans'],
  ['kind', Int32Array, 1, 'spans'],
  ['statusCode', Int32Array, 1, 'spans'],
  ['statusMessage', Uint32Array, 1, 'spans'],
  ['eventCount', Uint32Array, 1, 'spans'],
  ['logCount', Uint32Array, 1, 'spans'],
  ['eventSpan', Int32Array, 1, 'events'],
  ['spanIds', Uint8Array, spanIdBytes, 'spans'],
  ['eventIsException', Uint8Array, 1, 'events'],
] as const;

const Header = z.object({
  summary: TraceSummary,
  strings: z.array(z.string()),
  spans: z.int().min(0),
  events: z.int().min(0).max(mostEvents),
});
type Counts = Pick<z.infer<typeof Header>, 'spans' | 'events'>;

/** Of the Encoding Standard: every runtime has it, the language's own library does not name it. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };

/** What was sent as the columns of a trace is none. */
export class BadColumnsError extends Error {
  override name = 'BadColumnsError';
}

/** In parts, of which the columns are views of what was given: nothing is copied before they are sent. */
export function encodeTraceColumns(columns: TraceColumns): Uint8Array<ArrayBuffer>[] {
  const counts = { spans: columns.parent.length, events: columns.eventSpan.length };
  const views = layout.map(([name, , width, of]) => {
    const column = columns[name];
    if (column.length !== counts[of] * width) throw new BadColumnsError(`${name} has ${column.length} entries for ${counts[of]} ${of}.`);
    return new Uint8Array(column.buffer as ArrayBuffer, column.byteOffset, column.byteLength);
  });
  const header = new TextEncoder().encode(JSON.stringify({ summary: columns.summary, strings: columns.strings, ...counts }));
  const headerBytes = Math.ceil(header.length / alignment) * alignment;
  const start = new Uint8Array(prefixBytes + headerBytes).fill(0x20);
  new Uint32Array(start.buffer, 0, 2).set([version, headerBytes]);
  start.set(header, prefixBytes);
  return [start, ...views];
}

/**
 * The columns as views of `bytes`, which are copied only where they do not begin at a multiple of 8. Throws `BadColumnsError` for anything that does not hold what the type says:
 * whoever draws them need not check again.
 */
export function decodeTraceColumns(bytes: Uint8Array<ArrayBuffer>): TraceColumns {
  const aligned = bytes.byteOffset % alignment === 0 ? bytes : bytes.slice();
  if (aligned.length < prefixBytes) throw new BadColumnsError('The columns end before their header.');
  const [found, headerBytes = 0] = new Uint32Array(aligned.buffer, aligned.byteOffset, 2);
  if (found !== version) throw new BadColumnsError(`The columns have version ${found}; this page reads ${version}. Load it again.`);
  if (headerBytes % alignment !== 0 || headerBytes > aligned.length - prefixBytes)
    throw new BadColumnsError('The columns end before their header does.');
  const { summary, strings, ...counts } = readHeader(aligned.subarray(prefixBytes, prefixBytes + headerBytes));
  const columns = { summary, strings, ...readColumns(aligned, prefixBytes + headerBytes, counts) };
  checkReferences(columns);
  return columns;
}

function readHeader(bytes: Uint8Array): z.infer<typeof Header> {
  try {
    return Header.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    throw new BadColumnsError('The header of the columns cannot be read.', { cause: error });
  }
}

function readColumns(bytes: Uint8Array<ArrayBuffer>, from: number, counts: Counts): Omit<TraceColumns, 'summary' | 'strings'> {
  const wanted = layout.reduce((sum, [, Column, width, of]) => sum + counts[of] * width * Column.BYTES_PER_ELEMENT, from);
  if (bytes.length !== wanted) throw new BadColumnsError(`The columns have ${bytes.length} bytes, not ${wanted}.`);
  let offset = bytes.byteOffset + from;
  const columns = layout.map(([name, Column, width, of]) => {
    const column = new Column(bytes.buffer, offset, counts[of] * width);
    offset += column.byteLength;
    return [name, column];
  });
  return Object.fromEntries(columns) as Omit<TraceColumns, 'summary' | 'strings'>;
}

function checkReferences({ strings, parent, name, service, statusMessage, eventSpan }: TraceColumns): void {
  const spans = parent.length;
  checkRange('parent', parent, missingParent, spans);
  checkRange('name', name, 0, strings.length);
  checkRange('service', service, 0, strings.length);
  checkRange('statusMessage', statusMessage, 0, strings.length);
  checkRange('eventSpan', eventSpan, 0, spans);
}

function checkRange(what: string, column: Int32Array | Uint32Array, from: number, end: number): void {
  for (let row = 0; row < column.length; row++) {
    const value = column[row] ?? 0;
    if (value < from || value >= end) throw new BadColumnsError(`${what} of row ${row} is ${value}, which is out of range.`);
  }
}
