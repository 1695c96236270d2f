import { JsonLogsSerializer, JsonTraceSerializer, ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it } from 'vitest';
import { decodeLogs, decodeTraces } from './decode.ts';
import { spanId, traceId } from './fixtures/requests.ts';

type SdkSpan = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number];
type SdkLog = Parameters<typeof ProtobufLogsSerializer.serializeRequest>[0][number];

const sdkAttributes = {
  text: 'grüße',
  empty: '',
  yes: true,
  int: 42,
  negative: -7,
  big: 2 ** 53,
  half: 0.5,
  list: ['a', 'b'],
  mixed: [1, 0.5],
};

const attributes = [
  { key: 'text', value: { stringValue: 'grüße' } },
  { key: 'empty', value: { stringValue: '' } },
  { key: 'yes', value: { boolValue: true } },
  { key: 'int', value: { intValue: '42' } },
  { key: 'negative', value: { intValue: '-7' } },
  { key: 'big', value: { intValue: '9007199254740992' } },
  { key: 'half', value: { doubleValue: 0.5 } },
  { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } } },
  { key: 'mixed', value: { arrayValue: { values: [{ intValue: '1' }, { doubleValue: 0.5 }] } } },
];

const traceState = (text: string) => ({ serialize: () => text });

const resource = { attributes: { 'service.name': 'api' }, schemaUrl: 'https://example.org/resource' };
const instrumentationScope = { name: 'scope', version: '1.0', schemaUrl: 'https://example.org/scope', attributes: sdkAttributes };

const expectedGroup = {
  resource: {
    attributes: [{ key: 'service.name', value: { stringValue: 'api' } }],
    droppedAttributesCount: 0,
    entityRefs: [],
    schemaUrl: 'https://example.org/resource',
  },
  scope: { name: 'scope', version: '1.0', attributes, droppedAttributesCount: 0, schemaUrl: 'https://example.org/scope' },
};

const sdkSpan = {
  name: 'GET /items',
  kind: 1,
  spanContext: () => ({ traceId, spanId, traceFlags: 1, traceState: traceState('a=1,b=2') }),
  parentSpanContext: { traceId, spanId: 'eee19b7ec3c1b173', traceFlags: 1, isRemote: true },
  startTime: [1_790_000_000, 123_456_789],
  endTime: [1_790_000_001, 1],
  status: { code: 2, message: 'it failed' },
  attributes: sdkAttributes,
  droppedAttributesCount: 1,
  events: [{ time: [1_790_000_000, 200_000_000], name: 'exception', attributes: sdkAttributes, droppedAttributesCount: 2 }],
  droppedEventsCount: 3,
  links: [
    {
      context: { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), traceFlags: 1, isRemote: false, traceState: traceState('c=3') },
      attributes: sdkAttributes,
      droppedAttributesCount: 4,
    },
  ],
  droppedLinksCount: 5,
  resource,
  instrumentationScope,
} as unknown as SdkSpan;

const expectedSpan = {
  traceId,
  spanId,
  traceState: 'a=1,b=2',
  parentSpanId: 'eee19b7ec3c1b173',
  flags: 0x301,
  name: 'GET /items',
  kind: 2,
  startTimeUnixNano: '1790000000123456789',
  endTimeUnixNano: '1790000001000000001',
  attributes,
  droppedAttributesCount: 1,
  events: [{ timeUnixNano: '1790000000200000000', name: 'exception', attributes, droppedAttributesCount: 2 }],
  droppedEventsCount: 3,
  links: [{ traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), traceState: 'c=3', attributes, droppedAttributesCount: 4, flags: 0x101 }],
  droppedLinksCount: 5,
  status: { code: 2, message: 'it failed' },
};

const sdkLog = {
  hrTime: [1_790_000_000, 123_456_789],
  hrTimeObserved: [1_790_000_000, 123_456_790],
  spanContext: { traceId, spanId, traceFlags: 1 },
  severityNumber: 17,
  severityText: 'ERROR',
  body: { message: 'broken', bytes: new Uint8Array([0, 255]), nothing: null },
  eventName: 'payment.failed',
  attributes: sdkAttributes,
  droppedAttributesCount: 6,
  resource,
  instrumentationScope,
} as unknown as SdkLog;

const expectedLog = {
  timeUnixNano: '1790000000123456789',
  observedTimeUnixNano: '1790000000123456790',
  severityNumber: 17,
  severityText: 'ERROR',
  body: {
    kvlistValue: {
      values: [
        { key: 'message', value: { stringValue: 'broken' } },
        { key: 'bytes', value: { bytesValue: 'AP8=' } },
        { key: 'nothing', value: {} },
      ],
    },
  },
  attributes,
  droppedAttributesCount: 6,
  flags: 1,
  traceId,
  spanId,
  eventName: 'payment.failed',
};

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
