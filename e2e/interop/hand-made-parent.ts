import { randomBytes } from 'node:crypto';

/** A caller that is nobody's program: a `traceparent` as one types it after `curl -H` (W3C Trace Context, level 1, "traceparent Header"). */
export interface HandMadeParent {
  traceId: string;
  spanId: string;
  headers: { traceparent: string };
}

export function handMadeParent(): HandMadeParent {
  const traceId = randomBytes(16).toString('hex');
  const spanId = randomBytes(8).toString('hex');
  return { traceId, spanId, headers: { traceparent: `00-${traceId}-${spanId}-01` } };
}
