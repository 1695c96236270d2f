import { readSourceSums } from './source-sums.ts';
import type { TraceSum } from './trace-sum.ts';
import { fromSigned } from './unsigned.ts';

/** The columns of `trace` that make up a sum. */
export interface TraceSumRow {
  has_root: bigint;
  root_name: string;
  root_source: bigint;
  root_start_ns: bigint;
  start_ns: bigint;
  end_ns: bigint;
  span_count: bigint;
  error_count: bigint;
  sources: Buffer;
}

export function sumOfRow(row: TraceSumRow): TraceSum {
  return {
    spanCount: Number(row.span_count),
    errorCount: Number(row.error_count),
    startNs: fromSigned(row.start_ns),
    endNs: fromSigned(row.end_ns),
    hasRoot: row.has_root === 1n,
    rootName: row.root_name,
    rootSource: Number(row.root_source),
    rootStartNs: fromSigned(row.root_start_ns),
    sources: readSourceSums(row.sources),
  };
}
