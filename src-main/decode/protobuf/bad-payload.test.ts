import { describe, expect, it } from 'vitest';
import { BadPayloadError, countMetricPoints, decodeLogs, decodeTraces } from '../decode.ts';
import { field, rawRequest, toProtobuf, varint } from '../fixtures/encode.ts';
import { fullLogs, fullResource, fullTraces, spanId, traceId } from '../fixtures/requests.ts';

const span = Buffer.concat([field(1, Buffer.from(traceId, 'hex')), field(2, Buffer.from(spanId, 'hex'))]);

describe('protobuf that is not OTLP', () => {
  it.each<[string, Uint8Array, string]>([
    ['an envelope that is a number', Buffer.from([0x08, 0x01]), 'field 1 has wire type 0 instead of 2'],
    ['a length past the end', Buffer.from([0x0a, 0x05, 0x00]), 'a length reaches past the end'],
    ['field 0', Buffer.from([0x02, 0x00]), 'a field number is out of range'],
    ['a field number beyond 2^29', varint(2 ** 35), 'a field number is out of range'],
    ['a group', Buffer.from([0x13, 0x14]), 'wire type 3 does not occur'],
    ['a tag that is cut off', Buffer.from([0x8a]), 'a varint is cut off'],
    ['a tag of 11 bytes', Buffer.alloc(11, 0xff), 'a varint is longer than 10 bytes'],
    ['a resource that is damaged', field(1, field(1, Buffer.from([0x0a, 0x7f]))), 'a length reaches past the end'],
    ['a scope that is damaged', field(1, field(2, field(1, Buffer.from([0x08, 0x01])))), 'field 1 has wire type 0'],
    ['a list of spans that is a number', field(1, field(2, Buffer.from([0x10, 0x01]))), 'field 2 has wire type 0 instead of 2'],
    ['JSON', Buffer.from('{"resourceSpans":[]}'), 'Not OTLP in protobuf: at byte'],
    ['text', Buffer.from('hello, world'), 'Not OTLP in protobuf: at byte'],
  ])('is refused, with the place: %s (R9)', (_case, payload, reason) => {
    expect(() => decodeTraces(payload, 'protobuf')).toThrow(BadPayloadError);
    expect(() => decodeTraces(payload, 'protobuf')).toThrow(reason);
    expect(() => decodeLogs(payload, 'protobuf')).toThrow(/^Not OTLP in protobuf: at byte \d+, .+\.$/);
  });

  it('is refused wherever an envelope is cut off', () => {
    for (const payload of [toProtobuf('traces', fullTraces), toProtobuf('logs', fullLogs)]) {
      for (let length = 1; length < payload.length; length += 1) {
        expect(() => decodeTraces(payload.subarray(0, length), 'protobuf')).toThrow(BadPayloadError);
        expect(() => countMetricPoints(payload.subarray(0, length), 'protobuf')).toThrow(BadPayloadError);
      }
    }
  });
});

describe('protobuf that is unusual', () => {
  it('may put what describes an envelope behind its content', () => {
    const { groups } = decodeTraces(
      field(
        1,
        field(3, Buffer.from('early')),
        field(2, field(2, span), field(3, Buffer.from('scope schema')), field(1, field(1, Buffer.from('scope')))),
        field(1, Buffer.from([0x10, 0x05])),
        field(3, Buffer.from('resource schema')),
      ),
      'protobuf',
    );
    expect(groups[0]).toMatchObject({
      resource: { droppedAttributesCount: 5, schemaUrl: 'resource schema' },
      scope: { name: 'scope', schemaUrl: 'scope schema' },
    });
  });

  it('may split a message over several fields, which are merged', () => {
    const resources = ['a', 'b'].map((key) => field(1, field(1, field(1, Buffer.from(key)))));
    const status = [field(15, field(2, Buffer.from('because'))), field(15, Buffer.from([0x18, 0x02]))];
    const { groups } = decodeTraces(field(1, ...resources, field(2, field(2, span, ...status))), 'protobuf');
    expect(groups[0]?.resource.attributes.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(groups[0]?.items[0]?.status).toEqual({ code: 2, message: 'because' });
  });

  it('may write varints longer than they need be', () => {
    const padded = Buffer.from([0xb0, 0x80, 0x00, 0x85, 0x80, 0x80, 0x00]);
    expect(decodeTraces(rawRequest([Buffer.concat([span, padded])]), 'protobuf').groups[0]?.items[0]?.kind).toBe(5);
  });

  it('may be a view into a larger buffer', () => {
    const payload = toProtobuf('traces', fullTraces);
    const larger = new Uint8Array(payload.length + 20).fill(0xff);
    larger.set(payload, 7);
    expect(decodeTraces(larger.subarray(7, 7 + payload.length), 'protobuf').groups[0]?.resource).toEqual(fullResource);
  });

  it('does not change when its buffer is used again', () => {
    const payload = toProtobuf('logs', fullLogs);
    const decoded = decodeLogs(payload, 'protobuf');
    const before = structuredClone(decoded);
    payload.fill(0);
    expect(decoded).toEqual(before);
  });
});
