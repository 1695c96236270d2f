import type { Resource } from '#proto/model/resource';

/** How many data points one resource has sent, of all kinds. They are counted, not stored. */
export interface MetricCount {
  resource: Resource;
  points: number;
}
