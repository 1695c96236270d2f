import { describe, expect, it } from 'vitest';
import { decodeLogs, decodeTraces } from './decode.ts';
import { toJson, toProtobuf, type JsonMessage } from './fixtures/encode.ts';
import {
  bareLog,
  bareSpan,
  everyValue,
  fullLog,
  fullLogs,
  fullResource,
  fullScope,
  fullSpan,
  fullTraces,
  logsRequest,
  spanId,
  spanNumber,
  traceId,
  traceRequest,
} from './fixtures/requests.ts';

const emptyResource = { attributes: [], droppedAttributesCount: 0, entityRefs: [], schemaUrl: '' };
const emptyScope = { name: '', version: '', attributes: [], droppedAttributesCount: 0, schemaUrl: '' };

/** Both encodings of a request, decoded; they must not differ in anything. */
function tracesOf(request: JsonMessage) {
  const decoded = decodeTraces(toProtobuf('traces', request), 'protobuf');
  expect(decodeTraces(toJson(request), 'json')).toStrictEqual(decoded);
  return decoded;
}

function logsOf(request: JsonMessage) {
  const decoded = decodeLogs(toProtobuf('logs', request), 'protobuf');
  expect(decodeLogs(toJson(request), 'json')).toStrictEqual(decoded);
  return decoded;
}

/** The groups of one service, with two spans in each scope. */
const group = (name: string, ...numbers: number[]) => ({
  resource: { attributes: [{ key: 'service.name', value: { stringValue: name } }] },
  scopeSpans: numbers.map((number) => ({ scope: { name: `${name} ${number}` }, spans: [spanNumber(number), spanNumber(number + 1)] })),
});

describe('protobuf and JSON of the same request', () => {
  it('give every field of a span, with its resource and scope', () => {
    const groups = [{ resource: fullResource, scope: fullScope, items: [fullSpan] }];
    expect(tracesOf(fullTraces)).toStrictEqual({ groups, rejected: 0, warnings: [] });
  });

  it('give every field of a log record, with its resource and scope', () => {
    const groups = [{ resource: fullResource, scope: fullScope, items: [fullLog] }];
    expect(logsOf(fullLogs)).toStrictEqual({ groups, rejected: 0, warnings: [] });
  });

  it('give the same defaults for what was not sent (D8, S2, S5, S6)', () => {
    const groups = [{ resource: emptyResource, scope: emptyScope, items: [bareSpan] }];
    expect(tracesOf(traceRequest({ traceId, spanId }))).toStrictEqual({ groups, rejected: 0, warnings: [] });
  });

  it('tell an absent body from an empty one (L4)', () => {
    const { groups } = logsOf(logsRequest({}, { body: {} }, { body: { stringValue: '' } }));
    expect(groups[0]?.items).toStrictEqual([bareLog, { ...bareLog, body: {} }, { ...bareLog, body: { stringValue: '' } }]);
  });

  it.each(everyValue)('give the body $key', ({ value }) => {
    expect(logsOf(logsRequest({ body: value })).groups[0]?.items[0]?.body).toStrictEqual(value);
  });

  it('keep groups and records in the order in which they were sent', () => {
    const { groups } = tracesOf({ resourceSpans: [group('b', 3, 1), group('a', 2), group('b', 5)] });
    expect(groups.map(({ scope, items }) => [scope.name, ...items.map(({ name }) => name)])).toEqual([
      ['b 3', 'span 3', 'span 4'],
      ['b 1', 'span 1', 'span 2'],
      ['a 2', 'span 2', 'span 3'],
      ['b 5', 'span 5', 'span 6'],
    ]);
  });

  it.each([
    ['no groups', {}],
    ['an empty list', { resourceSpans: [] }],
    ['an empty group', { resourceSpans: [{}] }],
    ['a resource without scopes', { resourceSpans: [{ resource: fullResource }] }],
    ['a scope without spans', { resourceSpans: [{ resource: fullResource, scopeSpans: [{ scope: { name: 'x' } }] }] }],
  ] as [string, JsonMessage][])('are an empty request with %s (R2)', (_case, request) => {
    expect(tracesOf(request)).toStrictEqual({ groups: [], rejected: 0, warnings: [] });
  });

  it('ignore indexes into the string table of profiles, with a warning (D2)', () => {
    const attributes = [
      { key: 'kept', value: { stringValue: 'kept' } },
      { key: 'absent', value: { stringValueStrindex: 3 } },
      { keyStrindex: 2, value: { intValue: '1' } },
    ];
    const { groups, rejected, warnings } = tracesOf(traceRequest({ traceId, spanId, attributes }));
    expect(groups[0]?.items[0]?.attributes).toEqual([attributes[0], { key: 'absent', value: {} }, { key: '', value: { intValue: '1' } }]);
    expect(rejected).toBe(0);
    expect(warnings).toEqual(['2 string references ignored: only profiles have a string table']);
  });

  it('keep duplicate keys as they were sent, with a warning (D3, R5)', () => {
    const attributes = ['a', 'A', 'a'].map((key, index) => ({ key, value: { intValue: String(index) } }));
    const many = Array.from({ length: 100 }, (_, index) => ({ key: `k${index % 99}`, value: {} }));
    const { groups, rejected, warnings } = tracesOf(traceRequest({ traceId, spanId, attributes, events: [{ attributes: many }] }));
    expect(groups[0]?.items[0]?.attributes).toEqual(attributes);
    expect(groups[0]?.items[0]?.events[0]?.attributes).toEqual(many);
    expect(rejected).toBe(0);
    expect(warnings).toEqual(['2 attribute lists with a duplicate key, kept as sent (first: "a")']);
  });
});
