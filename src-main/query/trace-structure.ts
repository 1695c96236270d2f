import type { TraceStructure } from '#proto/bridge/shapes';
import type { TraceColumns } from '#proto/bridge/trace-columns';

const spanIdBytes = 8;

/** The columns of a trace as JSON can carry them. */
export function traceStructure({ summary, strings, spanIds, ...columns }: TraceColumns): TraceStructure {
  const hex = Buffer.from(spanIds.buffer, spanIds.byteOffset, spanIds.byteLength).toString('hex');
  return {
    summary,
    strings: [...strings],
    spanId: Array.from({ length: spanIds.length / spanIdBytes }, (_, row) => hex.slice(row * 2 * spanIdBytes, (row + 1) * 2 * spanIdBytes)),
    parent: [...columns.parent],
    offsetNs: [...columns.offsetNs],
    durationNs: [...columns.durationNs],
    name: [...columns.name],
    service: [...columns.service],
    kind: [...columns.kind],
    statusCode: [...columns.statusCode],
    statusMessage: [...columns.statusMessage],
    eventCount: [...columns.eventCount],
    logCount: [...columns.logCount],
    eventSpan: [...columns.eventSpan],
    eventOffsetNs: [...columns.eventOffsetNs],
    eventIsException: [...columns.eventIsException],
  };
}
