import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { LogRecord } from '#proto/model/log';
import type { Span } from '#proto/model/span';
import { Issues } from '../issues.ts';
import { readAnyValue as anyValueAt, readKeyValue as keyValueAt } from '../protobuf/any-value.ts';
import { readLogRecord } from '../protobuf/logs.ts';
import { ShortTexts } from '../protobuf/short-texts.ts';
import { readSpan as spanAt } from '../protobuf/traces.ts';
import { WireReader } from '../protobuf/wire-reader.ts';
import { admitLog, admitSpan } from '../record-rules.ts';
import type { Walked, WalkedLogs, WalkedSpans } from './walked.ts';

/**
 * Objects for single rows of what was walked, in the form and under the rules of `decodeTraces` and `decodeLogs`. Rows that are not there read as empty ones.
 */

/** Keys and short values repeat from record to record, and from walk to walk. */
const shortTexts = new ShortTexts();

export function readSpan(walked: WalkedSpans, row: number): Span {
  const issues = new Issues();
  const reader = readerOf(walked.bytes, walked.recordStart[row], walked.recordEnd[row], issues);
  const span = spanAt(reader, reader.length);
  admitSpan(span, issues);
  return span;
}

export function readLog(walked: Pick<WalkedLogs, 'bytes' | 'recordStart' | 'recordEnd'>, row: number): LogRecord {
  const issues = new Issues();
  const reader = readerOf(walked.bytes, walked.recordStart[row], walked.recordEnd[row], issues);
  const record = readLogRecord(reader, reader.length);
  admitLog(record, issues);
  return record;
}

/** The attribute of a row in `walked.attributes`. */
export function readKeyValue(walked: Walked, row: number): KeyValue {
  const reader = readerOf(walked.bytes, walked.attributes.start[row], walked.attributes.end[row]);
  return keyValueAt(reader, reader.length);
}

/** The text of a row in `walked.texts`. */
export function readText(walked: Walked, row: number): string {
  const { start, end } = walked.texts;
  const { bytes } = walked;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8', start[row] ?? 0, end[row] ?? 0);
}

/** The body of a log record; `undefined` where none was sent. */
export function readBody(walked: WalkedLogs, row: number): AnyValue | undefined {
  const end = walked.bodyEnd[row] ?? 0;
  if (end === 0) return undefined;
  const reader = readerOf(walked.bytes, walked.bodyStart[row], end);
  return anyValueAt(reader, reader.length);
}

/** Rows of the records of a trace, of which `traceId` are the 16 bytes, in order. */
export function rowsOfTrace(walked: Walked, traceId: Uint8Array): number[] {
  const trace = rowOfTraceId(walked, traceId);
  const rows: number[] = [];
  if (trace < 0) return rows;
  for (let row = walked.trace.indexOf(trace); row >= 0; row = walked.trace.indexOf(trace, row + 1)) rows.push(row);
  return rows;
}

/** Row of a trace id of 16 bytes in `walked.traceIds`; -1 where it is not there. */
export function rowOfTraceId(walked: Walked, traceId: Uint8Array): number {
  const ids = Buffer.from(walked.traceIds.buffer, walked.traceIds.byteOffset, walked.traceIds.byteLength);
  for (let at = ids.indexOf(traceId); at >= 0; at = ids.indexOf(traceId, at + 1)) if (at % 16 === 0) return at / 16;
  return -1;
}

function readerOf(bytes: Uint8Array, start = 0, end = 0, issues = new Issues()): WireReader {
  return new WireReader(bytes.subarray(start, end), issues, shortTexts);
}
