import type { LogPage } from '#proto/bridge/shapes';
import type { LogPosition, TelemetryReader } from '#main/store/interface';
import { readCursor, writeCursor } from './cursor.ts';
import { parseQuery } from './parse-query.ts';

export interface LogSearch {
  query: string;
  limit: number;
  cursor?: string | undefined;
  traceId?: string | undefined;
  spanId?: string | undefined;
  minSeverity: number;
  order: 'newest' | 'oldest';
}

/** A page of log records by effective time, those of one moment by arrival. */
export function searchLogs(reader: TelemetryReader, { query, limit, cursor, traceId, spanId, minSeverity, order }: LogSearch): LogPage {
  const after = cursor === undefined ? undefined : positionOf(cursor);
  const found = reader.findLogs({ query: parseQuery(query, 'logs'), limit: limit + 1, traceId, spanId, minSeverity, order, after });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ log }) => log);
  return found.length > limit && last !== undefined ? { items, nextCursor: writeCursor(last.effectiveTimeNs, last.id) } : { items };
}

function positionOf(cursor: string): LogPosition {
  const [effectiveTimeNs = 0n, id = 0n] = readCursor(cursor, 2);
  return { effectiveTimeNs, id: Number(id) };
}
