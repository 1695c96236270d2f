import { maxValueDepth, type AnyValue, type KeyValue } from '#proto/model/any-value';
import { doubleValue, tooDeepNote, warnOfStringIndex } from '../values.ts';
import type { WireReader } from './wire-reader.ts';

/** common.proto `AnyValue`; `depth` counts the arrays and maps around it. */
export function readAnyValue(reader: WireReader, end: number, depth = 0): AnyValue {
  let value: AnyValue | undefined;
  while (reader.next(end)) {
    switch (reader.field) {
      case 1:
        value = { stringValue: reader.string() };
        break;
      case 2:
        value = { boolValue: reader.bool() };
        break;
      case 3:
        value = { intValue: reader.int64() };
        break;
      case 4:
        value = { doubleValue: doubleValue(reader.double()) };
        break;
      case 5:
        value = depth < maxValueDepth ? { arrayValue: { values: readArray(reader, reader.enter(), depth + 1) } } : skipDeep(reader);
        break;
      case 6:
        value = depth < maxValueDepth ? { kvlistValue: { values: readPairs(reader, reader.enter(), depth + 1) } } : skipDeep(reader);
        break;
      case 7:
        value = { bytesValue: reader.base64() };
        break;
      case 8:
        warnOfStringIndex(reader.issues);
        reader.skip();
        break;
      default:
        reader.skip();
    }
  }
  return value ?? {};
}

/** common.proto `KeyValue`. */
export function readKeyValue(reader: WireReader, end: number, depth = 0): KeyValue {
  reader.element();
  let key = '';
  let value: AnyValue | undefined;
  while (reader.next(end)) {
    switch (reader.field) {
      case 1:
        key = reader.string();
        break;
      case 2:
        value = readAnyValue(reader, reader.enter(), depth);
        break;
      case 3:
        warnOfStringIndex(reader.issues);
        reader.skip();
        break;
      default:
        reader.skip();
    }
  }
  return { key, value: value ?? {} };
}

function readArray(reader: WireReader, end: number, depth: number): AnyValue[] {
  const values: AnyValue[] = [];
  while (reader.next(end)) {
    if (reader.field === 1) {
      reader.element();
      values.push(readAnyValue(reader, reader.enter(), depth));
    } else reader.skip();
  }
  return values;
}

function readPairs(reader: WireReader, end: number, depth: number): KeyValue[] {
  const values: KeyValue[] = [];
  while (reader.next(end)) {
    if (reader.field === 1) values.push(readKeyValue(reader, reader.enter(), depth));
    else reader.skip();
  }
  return values;
}

function skipDeep(reader: WireReader): AnyValue {
  reader.skip();
  return tooDeepNote(reader.issues);
}
