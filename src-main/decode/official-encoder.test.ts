import { JsonLogsSerializer, JsonTraceSerializer, ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it } from 'vitest';
import { decodeLogs, decodeTraces } from './decode.ts';
import { expectedGroup, expectedLog, expectedSpan, sdkLog, sdkSpan, type SdkSpan } from './fixtures/every-field.ts';

const written = (bytes: Uint8Array | undefined): Uint8Array => bytes ?? expect.fail('the serialiser wrote nothing');

describe('what the official SDK writes', () => {
  it.each([
    ['protobuf', ProtobufTraceSerializer],
    ['json', JsonTraceSerializer],
  ] as const)('comes back in every field of a span: %s', (encoding, serializer) => {
    const decoded = decodeTraces(written(serializer.serializeRequest([sdkSpan])), encoding);
    expect(decoded).toStrictEqual({ groups: [{ ...expectedGroup, items: [expectedSpan] }], rejected: 0, warnings: [] });
  });

  it.each([
    ['protobuf', ProtobufLogsSerializer],
    ['json', JsonLogsSerializer],
  ] as const)('comes back in every field of a log record: %s', (encoding, serializer) => {
    const decoded = decodeLogs(written(serializer.serializeRequest([sdkLog])), encoding);
    expect(decoded).toStrictEqual({ groups: [{ ...expectedGroup, items: [expectedLog] }], rejected: 0, warnings: [] });
  });

  it('is kept where its JSON calls a number an integer that no integer holds', () => {
    const span = Object.assign(Object.create(sdkSpan), { attributes: { huge: 1e20, huger: -1e300 } }) as SdkSpan;
    const decoded = decodeTraces(written(JsonTraceSerializer.serializeRequest([span])), 'json');
    expect(decoded.groups[0]?.items[0]?.attributes).toEqual([
      { key: 'huge', value: { doubleValue: 1e20 } },
      { key: 'huger', value: { doubleValue: -1e300 } },
    ]);
    expect(decoded.warnings).toEqual(['2 intValues beyond 64 bits, kept as a double']);
    const inProtobuf = decodeTraces(written(ProtobufTraceSerializer.serializeRequest([span])), 'protobuf');
    expect(inProtobuf.groups).toStrictEqual(decoded.groups);
  });
});
