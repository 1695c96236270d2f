import {
  JsonLogsSerializer,
  JsonMetricsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { describe, expect, it } from 'vitest';
import { exportResponse, type Status, statusResponse } from './responses.ts';
import { grpcCode } from './grpc-code.ts';
import { readStatus } from './status.fixture.ts';

const readers = [
  { signal: 'traces', rejected: 'rejectedSpans', readProtobuf: ProtobufTraceSerializer, readJson: JsonTraceSerializer },
  { signal: 'logs', rejected: 'rejectedLogRecords', readProtobuf: ProtobufLogsSerializer, readJson: JsonLogsSerializer },
  { signal: 'metrics', rejected: 'rejectedDataPoints', readProtobuf: ProtobufMetricsSerializer, readJson: JsonMetricsSerializer },
] as const;

describe.each(readers)('export response for $signal', ({ signal, rejected, readProtobuf, readJson }) => {
  it('is empty for full success', () => {
    expect(exportResponse('protobuf', signal, 0, '')).toHaveLength(0);
    expect(Buffer.from(exportResponse('json', signal, 0, '')).toString()).toBe('{}');
  });

  it.each([1, 127, 128, 300, 1_000_000, 2 ** 31, 2 ** 40])('counts %d rejected records', (count) => {
    const partialSuccess = { [rejected]: count, errorMessage: 'trace_id is all zeros' };
    expect(readProtobuf.deserializeResponse(exportResponse('protobuf', signal, count, 'trace_id is all zeros'))).toEqual({
      partialSuccess,
    });
    // proto3's JSON writes 64-bit numbers as strings.
    const inJson = { partialSuccess: { ...partialSuccess, [rejected]: String(count) } };
    expect(readJson.deserializeResponse(exportResponse('json', signal, count, 'trace_id is all zeros'))).toEqual(inJson);
  });

  it('warns with a message and nothing rejected', () => {
    const read = readProtobuf.deserializeResponse(exportResponse('protobuf', signal, 0, 'grüße 🚀'));
    expect(read.partialSuccess?.errorMessage).toBe('grüße 🚀');
    expect(JSON.parse(Buffer.from(exportResponse('json', signal, 0, 'grüße 🚀')).toString())).toEqual({
      partialSuccess: { errorMessage: 'grüße 🚀' },
    });
  });

  it('T13 bounds the message, and never cuts a character in half', () => {
    const long = exportResponse('protobuf', signal, 7, '🚀'.repeat(100_000));
    expect(long.length).toBeLessThan(5000);
    const message = readProtobuf.deserializeResponse(long).partialSuccess?.errorMessage ?? '';
    expect(message).toMatch(/^(🚀)+$/u);
    expect(exportResponse('json', signal, 7, '🚀'.repeat(100_000)).length).toBeLessThan(5000);
  });
});

describe('R8 google.rpc.Status', () => {
  it.each<{ status: Status; details: object[] }>([
    { status: { code: grpcCode.NOT_FOUND, message: 'nothing here' }, details: [] },
    {
      status: { code: grpcCode.UNAVAILABLE, message: 'later', detail: 'RetryInfo' },
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: { seconds: 1 } }],
    },
    {
      status: { code: grpcCode.INVALID_ARGUMENT, message: 'no', detail: 'BadRequest' },
      details: [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ description: 'no' }] }],
    },
  ])('reads back as $status', ({ status, details }) => {
    expect(readStatus(statusResponse('protobuf', status))).toEqual({ code: status.code, message: status.message, details });
  });

  it('is the same in JSON, in the names of proto3 JSON', () => {
    expect(readJsonStatus('RetryInfo')).toEqual({
      code: 14,
      message: 'later',
      details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1s' }],
    });
    expect(readJsonStatus('BadRequest')).toMatchObject({ details: [{ fieldViolations: [{ description: 'later' }] }] });
  });

  it('replaces half characters and cuts what would not fit into a gRPC header', () => {
    const { message } = readStatus(statusResponse('protobuf', { code: grpcCode.UNAVAILABLE, message: `\ud800${'é'.repeat(5000)}` }));
    expect(message).toMatch(/^\ufffdé+$/u);
    expect(() => encodeURI(message)).not.toThrow();
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1024);
  });
});

function readJsonStatus(detail: 'RetryInfo' | 'BadRequest'): unknown {
  return JSON.parse(Buffer.from(statusResponse('json', { code: grpcCode.UNAVAILABLE, message: 'later', detail })).toString());
}
