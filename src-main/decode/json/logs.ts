import { severityRanges, type LogRecord } from '#proto/model/log';
import { anyValueFromJson, keyValuesFromJson } from './any-value.ts';
import type { MessageReader } from './message-reader.ts';
import type { JsonObject } from './parse.ts';

/** logs.proto `SeverityNumber`: four numbers a range, the first without a digit. */
const severityNames: ReadonlyMap<string, number> = new Map([
  ['SEVERITY_NUMBER_UNSPECIFIED', 0],
  ...severityRanges.flatMap(({ name, from }) =>
    ['', '2', '3', '4'].map((digit, step): [string, number] => [`SEVERITY_NUMBER_${name}${digit}`, from + step]),
  ),
]);

/** logs.proto `LogRecord`. */
export function logRecordFromJson(reader: MessageReader, message: JsonObject): LogRecord {
  const body = message['body'];
  return {
    timeUnixNano: reader.uint64(message, 'timeUnixNano'),
    observedTimeUnixNano: reader.uint64(message, 'observedTimeUnixNano'),
    severityNumber: reader.enum(message, 'severityNumber', severityNames),
    severityText: reader.string(message, 'severityText'),
    ...(body !== undefined && body !== null && { body: anyValueFromJson(reader, body) }),
    attributes: keyValuesFromJson(reader, message, 'attributes'),
    droppedAttributesCount: reader.uint32(message, 'droppedAttributesCount'),
    flags: reader.uint32(message, 'flags'),
    traceId: reader.id(message, 'traceId'),
    spanId: reader.id(message, 'spanId'),
    eventName: reader.string(message, 'eventName'),
  };
}
