import type { LogRecord } from '#proto/model/log';
import { readAnyValue, readKeyValue } from './any-value.ts';
import type { WireReader } from './wire-reader.ts';

/** logs.proto `LogRecord`. */
export function readLogRecord(reader: WireReader, end: number): LogRecord {
  const record: LogRecord = {
    timeUnixNano: '0',
    observedTimeUnixNano: '0',
    severityNumber: 0,
    severityText: '',
    attributes: [],
    droppedAttributesCount: 0,
    flags: 0,
    traceId: '',
    spanId: '',
    eventName: '',
  };
  while (reader.next(end)) readLogField(reader, record);
  return record;
}

function readLogField(reader: WireReader, record: LogRecord): void {
  switch (reader.field) {
    case 1:
      record.timeUnixNano = reader.fixed64();
      break;
    case 2:
      record.severityNumber = reader.int32();
      break;
    case 3:
      record.severityText = reader.string();
      break;
    case 5:
      record.body = readAnyValue(reader, reader.enter());
      break;
    case 6:
      record.attributes.push(readKeyValue(reader, reader.enter()));
      break;
    case 7:
      record.droppedAttributesCount = reader.uint32();
      break;
    case 8:
      record.flags = reader.fixed32();
      break;
    case 9:
      record.traceId = reader.hex();
      break;
    case 10:
      record.spanId = reader.hex();
      break;
    case 11:
      record.observedTimeUnixNano = reader.fixed64();
      break;
    case 12:
      record.eventName = reader.string();
      break;
    default:
      reader.skip();
  }
}
