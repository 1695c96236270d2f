import type { AnyValue, DoubleValue, KeyValue } from '#proto/model/any-value';
import type { ScopedRecords } from '#proto/model/batch';
import type { LogRecord } from '#proto/model/log';
import type { EntityRef, Resource, Scope } from '#proto/model/resource';
import type { Span, SpanEvent, SpanLink } from '#proto/model/span';
import { ProtobufWriter } from './protobuf-writer.ts';

/**
 * Records as OTLP protobuf (`TracesData`, `LogsData`), exact in every field of the model: what is decoded again is equal. Fields that have their default value are left out,
 * as protobuf has it; fields of a message are written last to first (`ProtobufWriter`).
 */

export function encodeTraces(groups: readonly ScopedRecords<Span>[]): Uint8Array {
  return encode(groups, writeSpan);
}

export function encodeLogs(groups: readonly ScopedRecords<LogRecord>[]): Uint8Array {
  return encode(groups, writeLog);
}

/** Neighbouring groups of the same resource object become scopes of one resource group. */
function encode<Item>(groups: readonly ScopedRecords<Item>[], write: (writer: ProtobufWriter, item: Item) => void): Uint8Array {
  const writer = new ProtobufWriter();
  let outer = 0;
  for (const [index, { resource, scope, items }] of [...groups.entries()].toReversed()) {
    if (groups[index + 1]?.resource !== resource) {
      outer = writer.length;
      text(writer, 3, resource.schemaUrl);
    }
    const inner = writer.length;
    text(writer, 3, scope.schemaUrl);
    for (const item of items.toReversed()) message(writer, 2, item, write);
    message(writer, 1, scope, writeScope);
    writer.enclose(2, inner);
    if (groups[index - 1]?.resource === resource) continue;
    message(writer, 1, resource, writeResource);
    writer.enclose(1, outer);
  }
  return writer.finish();
}

function writeResource(writer: ProtobufWriter, { attributes, droppedAttributesCount, entityRefs }: Resource): void {
  messages(writer, 3, entityRefs, writeEntityRef);
  integer(writer, 2, droppedAttributesCount);
  messages(writer, 1, attributes, writeKeyValue);
}

function writeEntityRef(writer: ProtobufWriter, { schemaUrl, type, idKeys, descriptionKeys }: EntityRef): void {
  for (const key of descriptionKeys.toReversed()) writer.text(4, key);
  for (const key of idKeys.toReversed()) writer.text(3, key);
  text(writer, 2, type);
  text(writer, 1, schemaUrl);
}

function writeScope(writer: ProtobufWriter, { name, version, attributes, droppedAttributesCount }: Scope): void {
  integer(writer, 4, droppedAttributesCount);
  messages(writer, 3, attributes, writeKeyValue);
  text(writer, 2, version);
  text(writer, 1, name);
}

function writeSpan(writer: ProtobufWriter, span: Span): void {
  if (span.flags !== 0) writer.fixed32(16, span.flags);
  if (span.status.code !== 0 || span.status.message !== '') message(writer, 15, span.status, writeStatus);
  integer(writer, 14, span.droppedLinksCount);
  messages(writer, 13, span.links, writeLink);
  integer(writer, 12, span.droppedEventsCount);
  messages(writer, 11, span.events, writeEvent);
  integer(writer, 10, span.droppedAttributesCount);
  messages(writer, 9, span.attributes, writeKeyValue);
  time(writer, 8, span.endTimeUnixNano);
  time(writer, 7, span.startTimeUnixNano);
  integer(writer, 6, span.kind);
  text(writer, 5, span.name);
  id(writer, 4, span.parentSpanId);
  text(writer, 3, span.traceState);
  id(writer, 2, span.spanId);
  id(writer, 1, span.traceId);
}

function writeStatus(writer: ProtobufWriter, { code, message: because }: Span['status']): void {
  integer(writer, 3, code);
  text(writer, 2, because);
}

function writeEvent(writer: ProtobufWriter, event: SpanEvent): void {
  integer(writer, 4, event.droppedAttributesCount);
  messages(writer, 3, event.attributes, writeKeyValue);
  text(writer, 2, event.name);
  time(writer, 1, event.timeUnixNano);
}

function writeLink(writer: ProtobufWriter, link: SpanLink): void {
  if (link.flags !== 0) writer.fixed32(6, link.flags);
  integer(writer, 5, link.droppedAttributesCount);
  messages(writer, 4, link.attributes, writeKeyValue);
  text(writer, 3, link.traceState);
  id(writer, 2, link.spanId);
  id(writer, 1, link.traceId);
}

function writeLog(writer: ProtobufWriter, record: LogRecord): void {
  text(writer, 12, record.eventName);
  time(writer, 11, record.observedTimeUnixNano);
  id(writer, 10, record.spanId);
  id(writer, 9, record.traceId);
  if (record.flags !== 0) writer.fixed32(8, record.flags);
  integer(writer, 7, record.droppedAttributesCount);
  messages(writer, 6, record.attributes, writeKeyValue);
  if (record.body !== undefined) message(writer, 5, record.body, writeAnyValue);
  text(writer, 3, record.severityText);
  integer(writer, 2, record.severityNumber);
  time(writer, 1, record.timeUnixNano);
}

function writeKeyValue(writer: ProtobufWriter, { key, value }: KeyValue): void {
  message(writer, 2, value, writeAnyValue);
  text(writer, 1, key);
}

function writeAnyValue(writer: ProtobufWriter, value: AnyValue): void {
  if ('stringValue' in value) writer.text(1, value.stringValue);
  else if ('boolValue' in value) writer.bool(2, value.boolValue);
  else if ('intValue' in value) writer.integer(3, value.intValue);
  else if ('doubleValue' in value) writer.double(4, numberOf(value.doubleValue));
  else if ('arrayValue' in value) message(writer, 5, value.arrayValue.values, writeValues);
  else if ('kvlistValue' in value) message(writer, 6, value.kvlistValue.values, writePairs);
  else if ('bytesValue' in value) writer.bytes(7, Buffer.from(value.bytesValue, 'base64'));
}

function writeValues(writer: ProtobufWriter, values: readonly AnyValue[]): void {
  messages(writer, 1, values, writeAnyValue);
}

function writePairs(writer: ProtobufWriter, pairs: readonly KeyValue[]): void {
  messages(writer, 1, pairs, writeKeyValue);
}

/** The names of numbers that JSON lacks are the ones that JavaScript reads. */
function numberOf(value: DoubleValue): number {
  return Number(value);
}

function message<Content>(
  writer: ProtobufWriter,
  number: number,
  content: Content,
  write: (writer: ProtobufWriter, content: Content) => void,
): void {
  const mark = writer.length;
  write(writer, content);
  writer.enclose(number, mark);
}

function messages<Content>(
  writer: ProtobufWriter,
  number: number,
  contents: readonly Content[],
  write: (writer: ProtobufWriter, content: Content) => void,
): void {
  for (let index = contents.length - 1; index >= 0; index -= 1) message(writer, number, contents[index] as Content, write);
}

function text(writer: ProtobufWriter, number: number, value: string): void {
  if (value !== '') writer.text(number, value);
}

function integer(writer: ProtobufWriter, number: number, value: number): void {
  if (value !== 0) writer.integer(number, value);
}

function time(writer: ProtobufWriter, number: number, value: string): void {
  if (value !== '0') writer.fixed64(number, value);
}

function id(writer: ProtobufWriter, number: number, hex: string): void {
  if (hex !== '') writer.bytes(number, Buffer.from(hex, 'hex'));
}
