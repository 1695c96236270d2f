import { Issues } from '../issues.ts';
import type { MetricCount } from '../metric-count.ts';
import { emptyResource } from '../signals.ts';
import { throwDamage } from './request.ts';
import { readResource } from './resource.ts';
import { WireReader } from './wire-reader.ts';

/** Fields on the way from ResourceMetrics down to a Metric: scope_metrics, metrics. */
const pathToMetrics = [2, 2];

/** metrics.proto `Metric.data`: gauge, sum, histogram, exponential histogram, summary. Each has its `data_points` in field 1. */
const dataFields = new Set([5, 7, 9, 10, 11]);

/** Data points of all kinds in a metrics request, by resource; resources without any leave nothing. Throws `BadPayloadError`. */
export function countPointsInProtobuf(payload: Uint8Array): MetricCount[] {
  const reader = new WireReader(payload, new Issues());
  const counts: MetricCount[] = [];
  while (reader.next(reader.length)) {
    if (reader.field === 1) countInResource(reader, reader.enter(), counts);
    else reader.skip();
  }
  throwDamage(reader);
  return counts;
}

/** Passed over twice, because the resource is wanted only where there are points. */
function countInResource(reader: WireReader, end: number, counts: MetricCount[]): void {
  const start = reader.pos;
  const points = countBelow(reader, end, pathToMetrics);
  if (points === 0 || reader.damage) return;
  reader.element(8);
  const resource = emptyResource();
  reader.rewind(start);
  while (reader.next(end)) {
    if (reader.field === 1) readResource(reader, reader.enter(), resource);
    else reader.skip();
  }
  counts.push({ resource, points });
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
