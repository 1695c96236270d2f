import type { Span, SpanEvent, SpanLink } from '#proto/model/span';
import { readKeyValue } from './any-value.ts';
import type { WireReader } from './wire-reader.ts';

/** trace.proto `Span`. */
export function readSpan(reader: WireReader, end: number): Span {
  const span: Span = {
    traceId: '',
    spanId: '',
    traceState: '',
    parentSpanId: '',
    flags: 0,
    name: '',
    kind: 0,
    startTimeUnixNano: '0',
    endTimeUnixNano: '0',
    attributes: [],
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: 0, message: '' },
  };
  while (reader.next(end)) readSpanField(reader, span);
  return span;
}

function readSpanField(reader: WireReader, span: Span): void {
  switch (reader.field) {
    case 1:
      span.traceId = reader.hex();
      break;
    case 2:
      span.spanId = reader.hex();
      break;
    case 3:
      span.traceState = reader.string();
      break;
    case 4:
      span.parentSpanId = reader.hex();
      break;
    case 5:
      span.name = reader.string();
      break;
    case 6:
      span.kind = reader.int32();
      break;
    case 7:
      span.startTimeUnixNano = reader.fixed64();
      break;
    case 8:
      span.endTimeUnixNano = reader.fixed64();
      break;
    case 9:
      span.attributes.push(readKeyValue(reader, reader.enter()));
      break;
    case 10:
      span.droppedAttributesCount = reader.uint32();
      break;
    case 11:
      span.events.push(readEvent(reader, reader.enter()));
      break;
    case 12:
      span.droppedEventsCount = reader.uint32();
      break;
    case 13:
      span.links.push(readLink(reader, reader.enter()));
      break;
    case 14:
      span.droppedLinksCount = reader.uint32();
      break;
    case 15:
      readStatus(reader, reader.enter(), span.status);
      break;
    case 16:
      span.flags = reader.fixed32();
      break;
    default:
      reader.skip();
  }
}

function readEvent(reader: WireReader, end: number): SpanEvent {
  reader.element();
  const event: SpanEvent = { timeUnixNano: '0', name: '', attributes: [], droppedAttributesCount: 0 };
  while (reader.next(end)) {
    switch (reader.field) {
      case 1:
        event.timeUnixNano = reader.fixed64();
        break;
      case 2:
        event.name = reader.string();
        break;
      case 3:
        event.attributes.push(readKeyValue(reader, reader.enter()));
        break;
      case 4:
        event.droppedAttributesCount = reader.uint32();
        break;
      default:
        reader.skip();
    }
  }
  return event;
}

function readLink(reader: WireReader, end: number): SpanLink {
  reader.element();
  const link: SpanLink = { traceId: '', spanId: '', traceState: '', attributes: [], droppedAttributesCount: 0, flags: 0 };
  while (reader.next(end)) {
    switch (reader.field) {
      case 1:
        link.traceId = reader.hex();
        break;
      case 2:
        link.spanId = reader.hex();
        break;
      case 3:
        link.traceState = reader.string();
        break;
      case 4:
        link.attributes.push(readKeyValue(reader, reader.enter()));
        break;
      case 5:
        link.droppedAttributesCount = reader.uint32();
        break;
      case 6:
        link.flags = reader.fixed32();
        break;
      default:
        reader.skip();
    }
  }
  return link;
}

function readStatus(reader: WireReader, end: number, status: Span['status']): void {
  while (reader.next(end)) {
    switch (reader.field) {
      case 2:
        status.message = reader.string();
        break;
      case 3:
        status.code = reader.int32();
        break;
      default:
        reader.skip();
    }
  }
}
