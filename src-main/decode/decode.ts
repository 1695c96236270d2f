import type { DecodedLogs, DecodedTraces, Encoding } from '#proto/model/batch';
import { BadPayloadError } from './bad-payload-error.ts';

export { BadPayloadError } from './bad-payload-error.ts';

/** An `ExportTraceServiceRequest` or `TracesData`. Throws `BadPayloadError` only where the payload as a whole is not OTLP. */
export function decodeTraces(payload: Uint8Array, encoding: Encoding): DecodedTraces {
  throw new BadPayloadError(`${encoding} of ${payload.length} bytes cannot be read yet`);
}

/** An `ExportLogsServiceRequest` or `LogsData`. Throws `BadPayloadError` only where the payload as a whole is not OTLP. */
export function decodeLogs(payload: Uint8Array, encoding: Encoding): DecodedLogs {
  throw new BadPayloadError(`${encoding} of ${payload.length} bytes cannot be read yet`);
}

/** The data points of an `ExportMetricsServiceRequest`, which are counted, not stored. Throws `BadPayloadError`. */
export function countMetricPoints(payload: Uint8Array, encoding: Encoding): number {
  throw new BadPayloadError(`${encoding} of ${payload.length} bytes cannot be read yet`);
}
