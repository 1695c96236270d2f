import { Issues } from '../issues.ts';
import { throwDamage } from './request.ts';
import { WireReader } from './wire-reader.ts';

/** Fields on the way from ExportMetricsServiceRequest down to a Metric: resource_metrics, scope_metrics, metrics. */
const pathToMetrics = [1, 2, 2];

/** metrics.proto `Metric.data`: gauge, sum, histogram, exponential histogram, summary. Each has its `data_points` in field 1. */
const dataFields = new Set([5, 7, 9, 10, 11]);

/** Data points of all kinds in a metrics request. Throws `BadPayloadError`. */
export function countPointsInProtobuf(payload: Uint8Array): number {
  const reader = new WireReader(payload, new Issues());
  const count = countBelow(reader, reader.length, pathToMetrics);
  throwDamage(reader);
  return count;
}

function countBelow(reader: WireReader, end: number, [field, ...path]: readonly number[]): number {
  if (field === undefined) return countInMetric(reader, end);
  let count = 0;
  while (reader.next(end)) {
    if (reader.field === field) count += countBelow(reader, reader.enter(), path);
    else reader.skip();
  }
  return count;
}

function countInMetric(reader: WireReader, end: number): number {
  let count = 0;
  while (reader.next(end)) {
    if (dataFields.has(reader.field)) count += countInData(reader, reader.enter());
    else reader.skip();
  }
  return count;
}

function countInData(reader: WireReader, end: number): number {
  let count = 0;
  while (reader.next(end)) {
    if (reader.field === 1) {
      count += 1;
      reader.pos = reader.enter();
    } else reader.skip();
  }
  return count;
}
