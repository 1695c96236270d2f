import { hasException } from '#proto/model/semantic-conventions';
import { WireField, wire } from '#main/decode/walk/wire-field';
import { keyValueAt, KeyValueView, valueKind } from '../index/key-value.ts';

/** Who takes events, in the order in which the span has them. Times are unsigned nanoseconds in halves of 32 bits. */
interface EventSink {
  add(timeLow: number, timeHigh: number, isException: boolean): void;
}

const eventsField = 11;
const timeField = 1;
const attributesField = 3;

const spanField = new WireField();
const eventField = new WireField();

/** Hands over when the events of the span from `start` to `end` happened and which of them carry an exception (trace.proto `Span.events`). */
export function eventsOf(bytes: Buffer, start: number, end: number, sink: EventSink): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const attribute = new KeyValueView(bytes);
  for (let pos = start; pos < end && spanField.read(bytes, pos, end); pos = spanField.end)
    if (spanField.number === eventsField && spanField.type === wire.bytes) readEvent(bytes, view, attribute, sink);
}

/** The event that `spanField` stands on. */
function readEvent(bytes: Buffer, view: DataView, attribute: KeyValueView, sink: EventSink): void {
  const { end } = spanField;
  let [timeLow, timeHigh] = [0, 0];
  let isException = false;
  for (let pos = spanField.start; pos < end && eventField.read(bytes, pos, end); pos = eventField.end) {
    if (eventField.number === timeField && eventField.type === wire.fixed64) {
      timeLow = view.getUint32(eventField.start, true);
      timeHigh = view.getUint32(eventField.start + 4, true);
    } else if (eventField.number === attributesField && eventField.type === wire.bytes)
      isException ||= saysException(bytes, attribute, eventField.start, eventField.end);
  }
  sink.add(timeLow, timeHigh, isException);
}

/** As `hasException` says it of a list of attributes. */
function saysException(bytes: Buffer, view: KeyValueView, start: number, end: number): boolean {
  if (!view.read(start, end)) {
    const found = keyValueAt(bytes, start, end);
    return found !== undefined && hasException([found]);
  }
  if (view.kind !== valueKind.text || view.valueEnd === view.valueStart) return false;
  return exceptionKeys.some((key) => key.length === view.keyEnd - view.keyStart && key.compare(bytes, view.keyStart, view.keyEnd) === 0);
}

const exceptionKeys = ['exception.type', 'exception.message', 'exception.stacktrace'].map((key) => Buffer.from(key));
