import type { TraceSpans } from '#proto/bridge/shapes';
import type { SpanPosition, TelemetryReader } from '#main/store/interface';
import { readCursor, writeCursor } from './cursor.ts';

export interface SpansPage {
  traceId: string;
  limit: number;
  cursor?: string | undefined;
}

/** A page of a trace's spans in order of start, every field as it was sent. */
export function readTraceSpans(reader: TelemetryReader, { traceId, limit, cursor }: SpansPage): TraceSpans | undefined {
  const after = cursor === undefined ? undefined : positionOf(cursor);
  return reader.snapshot(() => {
    const summary = reader.traceSummary(traceId);
    if (summary === undefined) return undefined;
    const found = reader.spans(traceId, limit + 1, after);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const spans = page.map(({ span }) => span);
    const answer = { traceId: summary.traceId, summary, spans };
    return found.length > limit && last !== undefined ? { ...answer, nextCursor: writeCursor(last.startNs, last.id) } : answer;
  });
}

function positionOf(cursor: string): SpanPosition {
  const [startNs = 0n, id = 0n] = readCursor(cursor, 2);
  return { startNs, id: Number(id) };
}
