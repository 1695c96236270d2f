import { Issues } from '../issues.ts';
import type { MetricCount } from '../metric-count.ts';
import { MessageReader } from './message-reader.ts';
import { parseJson, type JsonObject } from './parse.ts';
import { throwDamage } from './request.ts';
import { resourceFromJson } from './resource.ts';

/** metrics.proto `Metric.data`. */
const dataFields = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];

/** Data points of all kinds in a metrics request, by resource; resources without any leave nothing. Throws `BadPayloadError`. */
export function countPointsInJson(payload: Uint8Array): MetricCount[] {
  const issues = new Issues();
  const reader = new MessageReader(issues);
  const groups = reader.list(parseJson(payload, issues), 'resourceMetrics').map((json) => reader.message(json, 'resourceMetrics'));
  const counts = groups.flatMap((group) => {
    const points = countInGroup(reader, group);
    return points === 0 ? [] : [{ resource: resourceFromJson(reader, group), points }];
  });
  throwDamage(reader, 'resourceMetrics');
  return counts;
}

function countInGroup(reader: MessageReader, group: JsonObject): number {
  const scopes = reader.list(group, 'scopeMetrics').map((json) => reader.message(json, 'scopeMetrics'));
  const metrics = scopes.flatMap((scope) => reader.list(scope, 'metrics').map((json) => reader.message(json, 'metrics')));
  return metrics.reduce((sum, metric) => sum + countInMetric(reader, metric), 0);
}

function countInMetric(reader: MessageReader, metric: JsonObject): number {
  const counts = dataFields.map((field) => reader.list(reader.message(metric[field], field), 'dataPoints').length);
  return counts.reduce((sum, count) => sum + count, 0);
}
