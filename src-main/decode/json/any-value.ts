import { maxValueDepth, type AnyValue, type KeyValue } from '#proto/model/any-value';
import { doubleValue, tooDeepNote, warnOfStringIndex } from '../values.ts';
import type { MessageReader } from './message-reader.ts';
import type { JsonObject } from './parse.ts';

/** common.proto `AnyValue`; `depth` counts the arrays and maps around it. Of several values the last counts, as in protobuf. */
export function anyValueFromJson(reader: MessageReader, json: unknown, depth = 0): AnyValue {
  const message = reader.message(json, 'a value');
  let value: AnyValue = {};
  for (const [key, field] of Object.entries(message)) {
    if (field !== null) value = fieldOfValue(reader, key, field, depth) ?? value;
  }
  return value;
}

function fieldOfValue(reader: MessageReader, key: string, field: unknown, depth: number): AnyValue | undefined {
  switch (key) {
    case 'stringValue':
      return { stringValue: reader.text(field, key) };
    case 'boolValue':
      return { boolValue: reader.bool(field, key) };
    case 'intValue':
      return integerFromJson(reader, field);
    case 'doubleValue':
      return { doubleValue: doubleValue(reader.double(field, key)) };
    case 'arrayValue':
      return depth < maxValueDepth ? arrayFromJson(reader, reader.message(field, key), depth + 1) : tooDeepNote(reader.issues);
    case 'kvlistValue':
      return depth < maxValueDepth ? mapFromJson(reader, reader.message(field, key), depth + 1) : tooDeepNote(reader.issues);
    case 'bytesValue':
      return { bytesValue: reader.base64(field, key) };
    case 'stringValueStrindex':
      warnOfStringIndex(reader.issues);
      return undefined;
    default:
      return undefined;
  }
}

/** The JavaScript SDK writes every whole number as `intValue`, also those that only a double holds. */
function integerFromJson(reader: MessageReader, field: unknown): AnyValue {
  const intValue = reader.int64(field, 'intValue');
  if (intValue !== undefined) return { intValue };
  reader.issues.warn('intValue', 'beyond 64 bits, kept as a double');
  return { doubleValue: doubleValue(reader.double(field, 'intValue')) };
}

/** The list of common.proto `KeyValue` in field `key`. */
export function keyValuesFromJson(reader: MessageReader, object: JsonObject, key: string, depth = 0): KeyValue[] {
  return reader.list(object, key).map((json) => keyValueFromJson(reader, json, depth));
}

function keyValueFromJson(reader: MessageReader, json: unknown, depth: number): KeyValue {
  const message = reader.message(json, 'an attribute');
  if (message['keyStrindex']) warnOfStringIndex(reader.issues);
  return { key: reader.string(message, 'key'), value: anyValueFromJson(reader, message['value'], depth) };
}

function arrayFromJson(reader: MessageReader, message: JsonObject, depth: number): AnyValue {
  return { arrayValue: { values: reader.list(message, 'values').map((json) => anyValueFromJson(reader, json, depth)) } };
}

function mapFromJson(reader: MessageReader, message: JsonObject, depth: number): AnyValue {
  return { kvlistValue: { values: keyValuesFromJson(reader, message, 'values', depth) } };
}
