import type { Span, SpanEvent, SpanLink } from '#proto/model/span';
import { keyValuesFromJson } from './any-value.ts';
import type { MessageReader } from './message-reader.ts';
import type { JsonObject } from './parse.ts';

const spanKindNames: ReadonlyMap<string, number> = new Map(
  ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'].map((name, number) => [`SPAN_KIND_${name}`, number]),
);

const statusCodeNames: ReadonlyMap<string, number> = new Map(
  ['UNSET', 'OK', 'ERROR'].map((name, number) => [`STATUS_CODE_${name}`, number]),
);

/** trace.proto `Span`. */
export function spanFromJson(reader: MessageReader, message: JsonObject): Span {
  return {
    traceId: reader.id(message, 'traceId'),
    spanId: reader.id(message, 'spanId'),
    traceState: reader.string(message, 'traceState'),
    parentSpanId: reader.id(message, 'parentSpanId'),
    flags: reader.uint32(message, 'flags'),
    name: reader.string(message, 'name'),
    kind: reader.enum(message, 'kind', spanKindNames),
    startTimeUnixNano: reader.uint64(message, 'startTimeUnixNano'),
    endTimeUnixNano: reader.uint64(message, 'endTimeUnixNano'),
    attributes: keyValuesFromJson(reader, message, 'attributes'),
    droppedAttributesCount: reader.uint32(message, 'droppedAttributesCount'),
    events: reader.list(message, 'events').map((json) => eventFromJson(reader, json)),
    droppedEventsCount: reader.uint32(message, 'droppedEventsCount'),
    links: reader.list(message, 'links').map((json) => linkFromJson(reader, json)),
    droppedLinksCount: reader.uint32(message, 'droppedLinksCount'),
    status: statusFromJson(reader, message['status']),
  };
}

function eventFromJson(reader: MessageReader, json: unknown): SpanEvent {
  const message = reader.message(json, 'an event');
  return {
    timeUnixNano: reader.uint64(message, 'timeUnixNano'),
    name: reader.string(message, 'name'),
    attributes: keyValuesFromJson(reader, message, 'attributes'),
    droppedAttributesCount: reader.uint32(message, 'droppedAttributesCount'),
  };
}

function linkFromJson(reader: MessageReader, json: unknown): SpanLink {
  const message = reader.message(json, 'a link');
  return {
    traceId: reader.id(message, 'traceId'),
    spanId: reader.id(message, 'spanId'),
    traceState: reader.string(message, 'traceState'),
    attributes: keyValuesFromJson(reader, message, 'attributes'),
    droppedAttributesCount: reader.uint32(message, 'droppedAttributesCount'),
    flags: reader.uint32(message, 'flags'),
  };
}

function statusFromJson(reader: MessageReader, json: unknown): Span['status'] {
  const message = reader.message(json, 'status');
  return { code: reader.enum(message, 'code', statusCodeNames), message: reader.string(message, 'message') };
}
