import { Issues } from '../issues.ts';
import { MessageReader } from './message-reader.ts';
import { parseJson, type JsonObject } from './parse.ts';
import { throwDamage } from './request.ts';

/** metrics.proto `Metric.data`. */
const dataFields = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];

/** Data points of all kinds in a metrics request. Throws `BadPayloadError`. */
export function countPointsInJson(payload: Uint8Array): number {
  const issues = new Issues();
  const reader = new MessageReader(issues);
  const lists = ['resourceMetrics', 'scopeMetrics', 'metrics'];
  let messages = [parseJson(payload, issues)];
  for (const list of lists) messages = messages.flatMap((message) => reader.list(message, list).map((json) => reader.message(json, list)));
  const count = messages.reduce((sum, metric) => sum + countInMetric(reader, metric), 0);
  throwDamage(reader, lists.join('.'));
  return count;
}

function countInMetric(reader: MessageReader, metric: JsonObject): number {
  const counts = dataFields.map((field) => reader.list(reader.message(metric[field], field), 'dataPoints').length);
  return counts.reduce((sum, count) => sum + count, 0);
}
