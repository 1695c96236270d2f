import type { Bridge } from './connection.ts';

/** Spans of a page: so much is in memory as text at a time. */
const pageSpans = 5_000;

/**
 * A trace with its log records as OTLP JSON Lines: a request of `resourceSpans` or `resourceLogs` a line, which every reader of OTLP files takes.
 */
export async function traceAsOtlp(bridge: Bridge, traceId: string): Promise<Blob> {
  const lines: Blob[] = [];
  let cursor: string | undefined;
  do {
    const { nextCursor, ...data } = await bridge.traces.otlp({ traceId, logs: true, limit: pageSpans, cursor });
    if ((data.resourceSpans ?? data.resourceLogs ?? []).length > 0) lines.push(new Blob([`${JSON.stringify(data)}\n`]));
    cursor = nextCursor;
  } while (cursor !== undefined);
  return new Blob(lines, { type: 'application/jsonl' });
}
