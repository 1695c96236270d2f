import { describe, expect, it } from 'vitest';
import { curlLine } from './curl-line.ts';

describe('curlLine', () => {
  it('is a valid OTLP/JSON request with ids that are not zero', () => {
    const line = curlLine('http://localhost:4318', 1_700_000_000_000);
    const body = JSON.parse(/-d '(.*)'$/.exec(line)?.[1] ?? '');
    const span = body.resourceSpans[0].scopeSpans[0].spans[0];
    expect(span.traceId).toMatch(/^[1-9a-f]{32}$/);
    expect(span.spanId).toMatch(/^[1-9a-f]{16}$/);
    expect(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)).toBe(42_000_000n);
  });
});
