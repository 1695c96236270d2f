import type { DecodedLogs, DecodedTraces, Encoding } from '#proto/model/batch';
import { logRecordFromJson } from './json/logs.ts';
import { countPointsInJson } from './json/metrics.ts';
import { decodeJson } from './json/request.ts';
import { spanFromJson } from './json/traces.ts';
import type { MetricCount } from './metric-count.ts';
import { readLogRecord } from './protobuf/logs.ts';
import { countPointsInProtobuf } from './protobuf/metrics.ts';
import { decodeProtobuf } from './protobuf/request.ts';
import { readSpan } from './protobuf/traces.ts';
import { logRecords, spans } from './signals.ts';

export { BadPayloadError } from './bad-payload-error.ts';
export type { MetricCount } from './metric-count.ts';

/** An `ExportTraceServiceRequest` or `TracesData`. Throws `BadPayloadError` only where the payload as a whole is not OTLP. */
export function decodeTraces(payload: Uint8Array, encoding: Encoding): DecodedTraces {
  return encoding === 'json' ? decodeJson(payload, spans, spanFromJson) : decodeProtobuf(payload, spans, readSpan);
}

/** An `ExportLogsServiceRequest` or `LogsData`. Throws `BadPayloadError` only where the payload as a whole is not OTLP. */
export function decodeLogs(payload: Uint8Array, encoding: Encoding): DecodedLogs {
  return encoding === 'json' ? decodeJson(payload, logRecords, logRecordFromJson) : decodeProtobuf(payload, logRecords, readLogRecord);
}

/** The data points of an `ExportMetricsServiceRequest` by resource, which are counted, not stored. Throws `BadPayloadError`. */
export function countMetricPoints(payload: Uint8Array, encoding: Encoding): MetricCount[] {
  return encoding === 'json' ? countPointsInJson(payload) : countPointsInProtobuf(payload);
}
