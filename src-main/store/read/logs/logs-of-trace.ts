import { noRow, type WalkedLogs } from '#main/decode/walk/walked';

/** A trace or a span, as the columns of walked log records name them. */
export interface LogContextFilter {
  traceId: Uint8Array | undefined;
  spanId: bigint | undefined;
}

export function contextFilter({ traceId, spanId }: { traceId: string | undefined; spanId: string | undefined }): LogContextFilter {
  return {
    traceId: traceId === undefined ? undefined : Buffer.from(traceId, 'hex'),
    spanId: spanId === undefined ? undefined : BigInt(`0x${spanId}`),
  };
}

/** Takes the mark off each record that was not logged in the trace and the span asked for. */
export function keepLogsIn({ traceId, spanId }: LogContextFilter, walked: WalkedLogs, marks: Uint8Array): void {
  if (traceId !== undefined) {
    const trace = traceRowOf(walked, traceId);
    for (let row = 0; row < walked.count; row += 1) if (trace === noRow || walked.trace[row] !== trace) marks[row] = 0;
  }
  if (spanId !== undefined) for (let row = 0; row < walked.count; row += 1) if (walked.spanIds[row] !== spanId) marks[row] = 0;
}

/** Counts the records of a trace by span, 0 for those that name none, onto `counts`. */
export function countLogsBySpan(walked: WalkedLogs, traceId: Uint8Array, counts: Map<bigint, number>): void {
  const trace = traceRowOf(walked, traceId);
  if (trace === noRow) return;
  for (let row = 0; row < walked.count; row += 1) {
    if (walked.trace[row] !== trace) continue;
    const spanId = walked.spanIds[row] as bigint;
    counts.set(spanId, (counts.get(spanId) ?? 0) + 1);
  }
}

/** The trace's row in the table of traces; `noRow` where no record names it. */
function traceRowOf({ traceIds, traceCount }: WalkedLogs, traceId: Uint8Array): number {
  const table = Buffer.from(traceIds.buffer, traceIds.byteOffset, traceCount * traceId.length);
  for (let row = 0; row < traceCount; row += 1) {
    if (table.compare(traceId, 0, traceId.length, row * traceId.length, (row + 1) * traceId.length) === 0) return row;
  }
  return noRow;
}
