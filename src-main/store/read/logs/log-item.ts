import type { WalkedLogs } from '#main/decode/walk/walked';
import type { LogItem } from '#proto/bridge/shapes';
import { logContext } from '#proto/model/semantic-conventions';
import { readLog } from '#main/decode/walk/records';
import type { LogPosition } from '../../interface.ts';
import type { SourceRecord } from '../source-records.ts';
import type { ChunkContent } from '../chunk-content.ts';

/** One record with all its fields as they were sent, and with what Sidelight knows of it. */
export function logItemOf(
  { bytes, frame }: ChunkContent<WalkedLogs>,
  row: number,
  { id, effectiveTimeNs }: LogPosition,
  source: SourceRecord,
): LogItem {
  const record = readLog({ bytes, ...frame }, row);
  const { traceId, spanId } = logContext(record);
  const { resource, scope, serviceName } = source;
  return {
    ...record,
    id: String(id),
    contextTraceId: traceId,
    contextSpanId: spanId,
    effectiveTimeUnixNano: String(effectiveTimeNs),
    serviceName,
    resource,
    scope,
  };
}
