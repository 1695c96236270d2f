import { describe, expect, it } from 'vitest';
import { LogRecord } from '#proto/model/log';
import { Resource, Scope } from '#proto/model/resource';
import { Span } from '#proto/model/span';
import { spanIdPattern, traceIdPattern } from '#proto/model/ids';
import { BadPayloadError, countMetricPoints, decodeLogs, decodeTraces } from './decode.ts';
import { damaged } from './fixtures/damage.ts';
import { toJson, toProtobuf } from './fixtures/encode.ts';
import { fullLogs, fullTraces } from './fixtures/requests.ts';

/** Damaged payloads end in a result that has the shapes it promises, or in `BadPayloadError`: nothing else, ever. */

const iterations = 5000;

/** What `decode` gives, if it does not refuse the payload. */
function resultOf<Result>(decode: () => Result): Result | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof BadPayloadError && error.message.length < 300) return undefined;
    throw error;
  }
}

describe.each(['protobuf', 'json'] as const)('%s with damage', (encoding) => {
  const traces = encoding === 'json' ? toJson(fullTraces) : toProtobuf('traces', fullTraces);
  const logs = encoding === 'json' ? toJson(fullLogs) : toProtobuf('logs', fullLogs);

  it('gives spans that are spans, or is refused', () => {
    let kept = 0;
    for (const payload of damaged(traces, 1, iterations)) {
      const decoded = resultOf(() => decodeTraces(payload, encoding));
      for (const { resource, scope, items } of decoded?.groups ?? []) {
        Resource.parse(resource);
        Scope.parse(scope);
        for (const item of items) {
          const span = Span.parse(item);
          expect(span.traceId).toMatch(traceIdPattern);
          expect(span.spanId).toMatch(spanIdPattern);
          kept += 1;
        }
      }
    }
    expect(kept).toBeGreaterThan(iterations / 20);
  });

  it('gives log records that are log records, or is refused', () => {
    let kept = 0;
    for (const payload of damaged(logs, 2, iterations)) {
      const decoded = resultOf(() => decodeLogs(payload, encoding));
      for (const { resource, scope, items } of decoded?.groups ?? []) {
        Resource.parse(resource);
        Scope.parse(scope);
        for (const item of items) LogRecord.parse(item);
        kept += items.length;
      }
    }
    expect(kept).toBeGreaterThan(iterations / 20);
  });

  it('can be counted or is refused', () => {
    for (const payload of damaged(traces, 3, iterations)) {
      for (const { resource, points } of resultOf(() => countMetricPoints(payload, encoding)) ?? []) {
        Resource.parse(resource);
        expect(points).toBeGreaterThan(0);
      }
    }
  });
});
