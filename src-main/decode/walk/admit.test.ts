import { describe, expect, it } from 'vitest';
import { field, toJson, toProtobuf } from '../fixtures/encode.ts';
import { fullLogs, fullTraces, spanId, spanNumber, traceId, traceRequest } from '../fixtures/requests.ts';
import { admitLogs, admitTraces } from './admit.ts';
import { admitted, decoded } from './agreement.fixture.ts';

describe('what is admitted', () => {
  it.each(['traces', 'logs'] as const)('is every field of %s, in both encodings', (signal) => {
    const request = signal === 'traces' ? fullTraces : fullLogs;
    expect(admitted(signal, toProtobuf(signal, request))).toStrictEqual(decoded(signal, toProtobuf(signal, request)));
    expect(admitted(signal, toJson(request), 'json')).toStrictEqual(decoded(signal, toJson(request), 'json'));
  });
});
