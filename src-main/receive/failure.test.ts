import { status as grpcCode } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { badData, overBudget, tokenMissing, tooLarge, unavailable } from './failure.ts';

/** What clients of OTLP send again (OTLP specification, "Failures"). */
const retryableHttp = new Set([429, 502, 503, 504]);
const retryableGrpc = new Set([
  grpcCode.CANCELLED,
  grpcCode.DEADLINE_EXCEEDED,
  grpcCode.ABORTED,
  grpcCode.OUT_OF_RANGE,
  grpcCode.UNAVAILABLE,
  grpcCode.DATA_LOSS,
]);

describe('R13 each failure in both transports', () => {
  it.each([
    ['bad data', badData('no'), 400, grpcCode.INVALID_ARGUMENT, false],
    ['no token', tokenMissing(undefined), 401, grpcCode.UNAUTHENTICATED, false],
    ['too large', tooLarge(1), 413, grpcCode.RESOURCE_EXHAUSTED, false],
    ['over the byte budget', overBudget(), 503, grpcCode.UNAVAILABLE, true],
    ['the store is away', unavailable('full'), 503, grpcCode.UNAVAILABLE, true],
  ])('R13 %s', (_, { httpStatus, status }, wantedStatus, wantedCode, retryable) => {
    expect([httpStatus, status.code]).toEqual([wantedStatus, wantedCode]);
    // R10 R11: one of them is never retried where the other one is.
    expect([retryableHttp.has(httpStatus), retryableGrpc.has(status.code)]).toEqual([retryable, retryable]);
    expect(status.detail === 'RetryInfo').toBe(retryable);
  });
});
