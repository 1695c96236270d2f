import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../fixtures/damage.ts';
import { field, nestedValue, rawRequest, toJson, toProtobuf, varint, type JsonMessage } from '../fixtures/encode.ts';
import { sdkLog, sdkSpan } from '../fixtures/every-field.ts';
import { everyValue, fullLogs, fullTraces, logsRequest, spanId, spanNumber, traceId, traceRequest } from '../fixtures/requests.ts';
import { admitLogs, admitTraces } from './admit.ts';
import { admitted, decoded, type Outcome } from './agreement.fixture.ts';
import { encodeLogs, encodeTraces } from './encode.ts';
import { RandomRecords } from './random.fixture.ts';
import { walkLogs } from './walk-logs.ts';
import { walkSpans } from './walk-spans.ts';

const ids = Buffer.concat([field(1, Buffer.from(traceId, 'hex')), field(2, Buffer.from(spanId, 'hex'))]);
const attribute = (key: string, value: Uint8Array = Buffer.alloc(0)) => field(9, field(1, Buffer.from(key)), field(2, value));
const event = (...content: Uint8Array[]) => field(11, ...content);
const number = (tag: number, value: number) => Buffer.concat([varint(tag), varint(value)]);

/** Spans that the object decoder rejects, repairs or warns about, or that no encoder writes so. */
const irregularSpans: [string, Uint8Array][] = [
  ['no ids', Buffer.alloc(0)],
  ['a zero trace id', Buffer.concat([field(1, Buffer.alloc(16)), ids.subarray(18)])],
  ['a zero span id', Buffer.concat([ids, field(2, Buffer.alloc(8))])],
  ['a short trace id', Buffer.concat([ids, field(1, Buffer.alloc(15, 1))])],
  ['a long span id', Buffer.concat([ids, field(2, Buffer.alloc(9, 1))])],
  ['a short parent id', Buffer.concat([ids, field(4, Buffer.alloc(7, 1))])],
  ['a parent id that is zero and too long', Buffer.concat([ids, field(4, Buffer.alloc(9))])],
  ['a duplicate key', Buffer.concat([ids, attribute('a'), attribute('b'), attribute('a', field(1))])],
  ['the same attribute twice', Buffer.concat([ids, attribute('a'), attribute('a')])],
  ['a duplicate key around an event', Buffer.concat([ids, attribute('a'), event(), attribute('a', field(1))])],
  ['a duplicate key in an event', Buffer.concat([ids, event(field(3, field(1)), field(3, field(2)))])],
  ['a link without ids', Buffer.concat([ids, field(13)])],
  ['a duplicate key in a link', Buffer.concat([ids, field(13, ids, field(4), field(4))])],
  ['a link of damage', Buffer.concat([ids, field(13, Buffer.from([0x0a, 0x05]))])],
  ['a name that is not UTF-8', Buffer.concat([ids, field(5, Buffer.from([0xff, 0x41]))])],
  ['a name that is not UTF-8, and then one that is', Buffer.concat([ids, field(5, Buffer.from([0xff])), field(5, Buffer.from('a'))])],
  ['a trace state that is not UTF-8', Buffer.concat([ids, field(3, Buffer.from([0xff]))])],
  ['a key that is not UTF-8', Buffer.concat([ids, field(9, field(1, Buffer.from([0xc3, 0x28])))])],
  ['a value that is not UTF-8', Buffer.concat([ids, attribute('a', field(1, Buffer.from([0xe2, 0x82])))])],
  ['a value in a value that is not UTF-8', Buffer.concat([ids, attribute('a', field(5, field(1, field(1, Buffer.from([0xff])))))])],
  ['a string reference', Buffer.concat([ids, attribute('a', number(0x40, 3))])],
  ['a key reference', Buffer.concat([ids, field(9, number(0x18, 3))])],
  ['a value 65 levels deep', Buffer.concat([ids, attribute('a', nestedValue(65, 'array'))])],
  ['a map 10,000 levels deep', Buffer.concat([ids, attribute('a', nestedValue(10_000, 'map'))])],
  ['a value before its key', Buffer.concat([ids, field(9, field(2, field(1)), field(1, Buffer.from('a')))])],
  ['two values', Buffer.concat([ids, attribute('a', Buffer.concat([field(1, Buffer.from('x')), number(0x18, 1)]))])],
  ['a kind that is text', Buffer.concat([ids, field(6, Buffer.from('a'))])],
  ['a name that is a number', Buffer.concat([ids, number(0x28, 1)])],
  ['flags of the wrong type', Buffer.concat([ids, number(0x80, 1)])],
  ['a time that is cut off', Buffer.concat([ids, Buffer.from([0x39, 1, 2, 3])])],
  ['a tag that is cut off', Buffer.concat([ids, Buffer.from([0x85])])],
  ['a tag longer than it need be', Buffer.concat([ids, Buffer.from([0xaa, 0x00, 0x01, 0x41])])],
  ['a group', Buffer.concat([ids, Buffer.from([0xa3, 0x06])])],
  ['field 0', Buffer.concat([ids, Buffer.from([0x02, 0x00])])],
  ['a length of 2 GiB', Buffer.concat([ids, Buffer.from([0x2a]), varint(0x7fffffff)])],
  ['a length of 2^63', Buffer.concat([ids, Buffer.from([0x2a]), varint(2 ** 63)])],
  ['an event of damage', Buffer.concat([ids, event(Buffer.from([0x09, 1]))])],
  ['a status that is a number', Buffer.concat([ids, number(0x78, 1)])],
];

/** Spans that are unusual and clean. */
const regularSpans: [string, Uint8Array][] = [
  ['a zero parent id', Buffer.concat([ids, field(4, Buffer.alloc(8))])],
  ['an empty parent id', Buffer.concat([ids, field(4)])],
  ['a link', Buffer.concat([ids, field(13, ids, field(3, Buffer.from('grüße')), field(4, field(1, Buffer.from('a'))))])],
  ['the same key in span and event', Buffer.concat([ids, attribute('a'), event(field(3, field(1, Buffer.from('a')))), event()])],
  ['an attribute without anything', Buffer.concat([ids, field(9)])],
  ['a status in two parts', Buffer.concat([ids, field(15, field(2, Buffer.from('why'))), field(15, number(0x18, 2))])],
  ['two names', Buffer.concat([ids, field(5, Buffer.from('first')), field(5, Buffer.from('last'))])],
  ['numbers longer than they need be', Buffer.concat([ids, Buffer.from([0x30, 0x85, 0x80, 0x00])])],
  ['a negative kind', Buffer.concat([ids, Buffer.from([0x30, ...Array<number>(9).fill(0xff), 0x01])])],
  ['a value 64 levels deep', Buffer.concat([ids, attribute('a', nestedValue(64, 'map'))])],
  [
    'a long text',
    Buffer.concat([ids, field(5, Buffer.alloc(20_000, 'ü')), attribute('k'.repeat(200), field(1, Buffer.alloc(300_000, 'x')))]),
  ],
  ['ids after everything else', Buffer.concat([attribute('a'), field(5, Buffer.from('a')), ids])],
];

const clean = Buffer.concat([ids, field(5, Buffer.from('clean'))]);

describe('a request is admitted as it would be decoded', () => {
  it.each(irregularSpans)('with a span with %s', (_case, span) => {
    const payload = rawRequest([clean, span, clean]);
    expect(walkSpans(payload).irregular).toBe(true);
    expect(admitted('traces', payload)).toStrictEqual(decoded('traces', payload));
  });

  it.each(regularSpans)('and kept byte for byte, with a span with %s', (_case, span) => {
    const payload = rawRequest([clean, span, clean]);
    expect(walkSpans(payload).irregular).toBe(false);
    expect(admitTraces(payload, 'protobuf').pieces.map(({ bytes }) => bytes)).toEqual([payload]);
    expect(admitted('traces', payload)).toStrictEqual(decoded('traces', payload));
  });

  it.each([
    ['a short trace id', field(9, Buffer.alloc(15, 1))],
    ['a long span id', field(10, Buffer.alloc(9, 1))],
    ['a body that is not UTF-8', field(5, field(1, Buffer.from([0xff])))],
    ['a body 65 levels deep', field(5, nestedValue(65, 'map'))],
    ['a body of damage', field(5, Buffer.from([0x0a, 0x09]))],
    ['a body that is a number', number(0x28, 1)],
    ['a duplicate key', Buffer.concat([field(6), field(6)])],
    ['a severity text that is not UTF-8', field(3, Buffer.from([0xff]))],
    ['a time that is text', field(1, Buffer.from('a'))],
  ])('with a log record with %s', (_case, record) => {
    const payload = rawRequest([Buffer.alloc(0), record, Buffer.alloc(0)]);
    expect(walkLogs(payload).irregular).toBe(true);
    expect(admitted('logs', payload)).toStrictEqual(decoded('logs', payload));
  });

  it.each(everyValue)('with a body like $key', ({ value }) => {
    for (const request of [logsRequest({ body: value }), logsRequest({ attributes: [{ key: 'a', value }] })]) {
      const payload = toProtobuf('logs', request);
      expect(walkLogs(payload).irregular).toBe(false);
      expect(admitted('logs', payload)).toStrictEqual(decoded('logs', payload));
      expect(admitted('logs', toJson(request), 'json')).toStrictEqual(decoded('logs', toJson(request), 'json'));
    }
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['an empty group', field(1)],
    ['a duplicate key in a resource without records', field(1, field(1, field(1), field(1)))],
    ['a damaged resource without records', field(1, field(1, Buffer.from([0x0a, 0x7f])))],
    ['a scope that is a number', field(1, field(2, number(0x08, 1), field(2, ids)))],
    ['a schema URL that is not UTF-8', field(1, field(2, field(2, ids)), field(3, Buffer.from([0xff])))],
    ['a resource behind its spans', field(1, field(2, field(2, ids)), field(1, number(0x10, 5)), field(3, Buffer.from('late')))],
    ['a resource in two parts', field(1, field(1, number(0x10, 5)), field(1, field(1)), field(2, field(2, ids)))],
    ['a length that lies', Buffer.from([0x0a, 0x05, 0x00])],
    ['an envelope that is a number', number(0x08, 1)],
    ['text', Buffer.from('hello, world')],
  ])('with an envelope with %s', (_case, payload) => {
    for (const signal of ['traces', 'logs'] as const) expect(admitted(signal, payload)).toStrictEqual(decoded(signal, payload));
  });

  it.each(['traces', 'logs'] as const)('in both encodings, with every field of %s', (signal) => {
    const request: JsonMessage = signal === 'traces' ? fullTraces : fullLogs;
    expect(admitted(signal, toProtobuf(signal, request))).toStrictEqual(decoded(signal, toProtobuf(signal, request)));
    expect(admitted(signal, toJson(request), 'json')).toStrictEqual(decoded(signal, toJson(request), 'json'));
    expect(admitted(signal, toJson({}), 'json')).toStrictEqual(decoded(signal, toJson({}), 'json'));
  });

  it('byte for byte where the official SDK or a protobuf library wrote it', () => {
    const spans = ProtobufTraceSerializer.serializeRequest([sdkSpan]);
    const logs = ProtobufLogsSerializer.serializeRequest([sdkLog]);
    expect(admitTraces(spans ?? Buffer.alloc(0), 'protobuf').pieces[0]?.bytes).toBe(spans);
    expect(admitLogs(logs ?? Buffer.alloc(0), 'protobuf').pieces[0]?.bytes).toBe(logs);
    const full = toProtobuf('traces', fullTraces);
    expect(admitTraces(full, 'protobuf').pieces[0]?.bytes).toBe(full);
  });

  it('with fields of tomorrow, which stay in the bytes', () => {
    const unknown = Buffer.concat([
      field(99, Buffer.from('tomorrow')),
      Buffer.from([0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0x9d, 0x06, 1, 2, 3, 4]),
    ]);
    const span = Buffer.concat([unknown, ids, unknown, field(9, unknown, field(1, Buffer.from('a')), unknown, field(2, unknown))]);
    const payload = Buffer.concat([unknown, field(1, unknown, field(2, unknown, field(2, span), unknown)), unknown]);
    expect(admitTraces(payload, 'protobuf').pieces.map(({ bytes }) => bytes)).toEqual([payload]);
    expect(admitted('traces', payload)).toStrictEqual(decoded('traces', payload));
  });

  it('whatever it holds', () => {
    const records = new RandomRecords(randomNumbers(3));
    for (let round = 0; round < 50; round += 1) {
      const [traces, logs] = [encodeTraces(records.spans()), encodeLogs(records.logs())];
      expect(admitted('traces', traces)).toStrictEqual(decoded('traces', traces));
      expect(admitted('logs', logs)).toStrictEqual(decoded('logs', logs));
    }
  });

  it('where there are more elements than may be', () => {
    const bomb = rawRequest([Buffer.alloc(0), Buffer.alloc(10_000_000, Buffer.from([0x32, 0x00]))]);
    expect(admitted('logs', bomb)).toMatchObject({
      records: [{}],
      rejected: 1,
      warnings: [expect.stringContaining('send smaller batches')],
    });
  });
});

/** Which record is where. */
const placesOf = ({ records }: Outcome): string[] =>
  records.map(({ resource, scope, item }) => `${resource?.attributes.length} ${scope?.name} ${item.spanId}`);

describe('a large request', () => {
  it('comes in pieces of 1024 records or 1 MiB, in the same order', () => {
    const scopes = Array.from({ length: 10 }, (_, scope) => ({
      scope: { name: `scope ${scope % 4}` },
      spans: Array.from({ length: 5000 }, (_span, index) => spanNumber(scope * 5000 + index)),
    }));
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'api' } }] };
    const payload = toProtobuf('traces', {
      resourceSpans: [{ resource, scopeSpans: scopes.slice(0, 7) }, { scopeSpans: scopes.slice(7) }],
    });
    const { pieces } = admitTraces(payload, 'protobuf');
    expect(pieces.map(({ count }) => count)).toEqual([...Array<number>(48).fill(1024), 50_000 - 48 * 1024]);
    expect(pieces.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThan(payload.length * 1.01);
    expect(placesOf(admitted('traces', payload))).toEqual(placesOf(decoded('traces', payload)));
  });

  it('comes in pieces below 1 MiB, but for a record that is larger', () => {
    const sizes = [300_000, 300_000, 300_000, 300_000, 3_000_000, 10, 10];
    const payload = toProtobuf('logs', logsRequest(...sizes.map((size) => ({ body: { stringValue: 'x'.repeat(size) } }))));
    expect(admitLogs(payload, 'protobuf').pieces.map(({ count }) => count)).toEqual([3, 1, 1, 2]);
    expect(admitted('logs', payload)).toStrictEqual(decoded('logs', payload));
  });

  it('goes the same way from JSON', () => {
    const request = traceRequest(...Array.from({ length: 3000 }, (_, index) => spanNumber(index)));
    expect(admitTraces(toJson(request), 'json').pieces.map(({ count }) => count)).toEqual([1024, 1024, 952]);
    expect(admitted('traces', toJson(request), 'json')).toStrictEqual(decoded('traces', toJson(request), 'json'));
  });

  it('keeps its unknown fields, and tells of envelopes without records', () => {
    const unknown = field(99, Buffer.from('tomorrow'));
    const spans = Array.from({ length: 3000 }, () => field(2, clean, unknown));
    const payload = Buffer.concat([unknown, field(1, field(2, ...spans, unknown), unknown)]);
    const bytes = admitTraces(payload, 'protobuf')
      .pieces.map((piece) => Buffer.from(piece.bytes).toString('latin1'))
      .join('');
    expect(bytes.split('tomorrow')).toHaveLength(1 + 3000 + 1 + 3 + 3);
    const told = Buffer.concat([payload, field(1, field(1, field(1), field(1)))]);
    expect(admitted('traces', told)).toStrictEqual(decoded('traces', told));
  });

  it('stays whole where its envelopes are larger than its records', () => {
    const resource = field(1, field(1, field(1, Buffer.from('a')), field(2, field(1, Buffer.alloc(2_000_000, 'x')))));
    const payload = field(1, resource, field(2, ...Array.from({ length: 5000 }, () => field(2, clean))));
    expect(admitTraces(payload, 'protobuf').pieces.map(({ count }) => count)).toEqual([5000]);
  });
});
