/** Hex digits that differ from second to second and are never zero. */
const digits = (count: number, seed: number): string =>
  Array.from({ length: count }, (_, index) => (((seed + index * 7) % 15) + 1).toString(16)).join('');

/** A span by hand, to see whether anything arrives at all: `nowMs` becomes its time. */
export const curlLine = (httpUrl: string, nowMs: number): string => {
  const seed = nowMs % 9973;
  const span = {
    traceId: digits(32, seed),
    spanId: digits(16, seed),
    name: 'hello',
    kind: 1,
    startTimeUnixNano: `${nowMs}000000`,
    endTimeUnixNano: `${nowMs + 42}000000`,
  };
  const body = {
    resourceSpans: [
      { resource: { attributes: [{ key: 'service.name', value: { stringValue: 'curl' } }] }, scopeSpans: [{ spans: [span] }] },
    ],
  };
  return `curl -i ${httpUrl}/v1/traces -H 'content-type: application/json' -d '${JSON.stringify(body)}'`;
};
