import type { TracePage } from '#proto/bridge/shapes';
import type { TelemetryReader } from '#main/store/interface';
import { arrivalRange, type ArrivalInput } from './arrival-range.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { parseQuery } from './parse-query.ts';

export interface TraceSearch extends ArrivalInput {
  query: string;
  /** Only traces with spans of this file. */
  importId?: number | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A page of traces, newest first. The cursor stands in the order of arrival, so what arrives meanwhile moves nothing. */
export function searchTraces(reader: TelemetryReader, { query, importId, limit, cursor, from, to }: TraceSearch): TracePage {
  const [before] = cursor === undefined ? [] : readCursor(cursor, 1);
  const found = reader.findTraces({
    query: parseQuery(query, 'traces'),
    importId,
    limit: limit + 1,
    before: before === undefined ? undefined : Number(before),
    arrived: arrivalRange({ from, to }),
  });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ summary }) => summary);
  return found.length > limit && last !== undefined ? { items, nextCursor: writeCursor(last.ordinal) } : { items };
}
