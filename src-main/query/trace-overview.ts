import type { TraceOverview } from '#proto/bridge/trace-overview';
import type { TelemetryReader } from '#main/store/interface';
import { arrivalRange, type ArrivalInput } from './arrival-range.ts';
import { parseQuery } from './parse-query.ts';

export interface OverviewSearch extends ArrivalInput {
  query: string;
  buckets: number;
  points: number;
  facetSpans: number;
}

const mostFound = 2000;
const mostCounted = 200_000;

/** Of the newest 2,000 traces that a query finds; where it finds all, traces are counted by the table, 200,000 of them. */
export function traceOverview(reader: TelemetryReader, { query, from, to, ...sizes }: OverviewSearch): TraceOverview {
  return reader.traceOverview({
    query: parseQuery(query, 'traces'),
    arrived: arrivalRange({ from, to }),
    ...sizes,
    mostFound,
    mostCounted,
  });
}
