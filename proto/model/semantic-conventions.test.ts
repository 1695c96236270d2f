import { describe, expect, it } from 'vitest';
import { attributeRenames } from './attribute-renames.ts';
import type { KeyValue } from './any-value.ts';
import { attributeNames, findAttribute, logContext, logServiceName } from './semantic-conventions.ts';

const text = (key: string, stringValue: string): KeyValue => ({ key, value: { stringValue } });

describe('names of an attribute', () => {
  it.each([
    ['http.method', 'http.request.method'],
    ['http.status_code', 'http.response.status_code'],
    ['http.url', 'url.full'],
    ['http.target', 'url.path'],
    ['net.peer.name', 'server.address'],
    ['db.statement', 'db.query.text'],
    ['db.system', 'db.system.name'],
    ['code.function', 'code.function.name'],
    ['peer.service', 'service.peer.name'],
    ['deployment.environment', 'deployment.environment.name'],
    ['rpc.system', 'rpc.system.name'],
    ['rpc.grpc.status_code', 'rpc.status_code'],
    ['gen_ai.system', 'gen_ai.provider.name'],
  ])('%s and %s are found from either, the newest first (2A)', (old, current) => {
    expect(attributeNames(current)[0]).toBe(current);
    expect(attributeNames(current)).toContain(old);
    expect(attributeNames(old)).toEqual([current, old]);
  });

  it('are just the key where it was never renamed', () => {
    for (const key of ['app.customer', '', '__proto__', 'constructor', 'HTTP.METHOD']) expect(attributeNames(key)).toEqual([key]);
  });

  it('do not make strangers of a merged name stand for each other', () => {
    expect(attributeNames('db.mongodb.collection')).not.toContain('db.sql.table');
    expect(attributeNames('net.host.name')).not.toContain('net.peer.name');
    expect(attributeNames('db.collection.name')).toEqual(expect.arrayContaining(['db.mongodb.collection', 'db.sql.table']));
  });

  it('are never listed twice, and no old name has two new ones', () => {
    for (const key of attributeRenames.flat()) expect(new Set(attributeNames(key)).size).toBe(attributeNames(key).length);
    const rowsOfOldNames = attributeRenames.flatMap((row) => row.slice(1));
    expect(new Set(rowsOfOldNames).size).toBe(rowsOfOldNames.length);
  });
});

describe('finding an attribute', () => {
  it('prefers the new name where a span carries both generations', () => {
    const both = [text('http.method', 'old'), text('http.request.method', 'new')];
    expect(findAttribute(both, 'http.method')).toEqual({ stringValue: 'new' });
    expect(findAttribute(both.slice(0, 1), 'http.request.method')).toEqual({ stringValue: 'old' });
  });

  it('takes the own host of a server span, not its client, for server.address', () => {
    const server = [text('net.peer.name', 'the client'), text('net.host.name', 'api')];
    expect(findAttribute(server, 'server.address')).toEqual({ stringValue: 'api' });
  });

  it('takes the last of duplicate keys (D3)', () => {
    expect(findAttribute([text('a', '1'), text('a', '2')], 'a')).toEqual({ stringValue: '2' });
  });

  it('tells the empty value from none', () => {
    expect(findAttribute([{ key: 'a', value: {} }], 'a')).toEqual({});
    expect(findAttribute([], 'a')).toBeUndefined();
  });
});

describe('the span in which a record was logged', () => {
  const traceId = '5b8efff798038103d269b633813fc60c';
  const spanId = 'eee19b7ec3c1b174';
  const otherTraceId = 'ab'.repeat(16);
  const otherSpanId = 'cd'.repeat(8);
  const python = [text('otelTraceID', otherTraceId), text('otelSpanID', otherSpanId), text('otelServiceName', 'api')];

  it('is its native ids, if it has them', () => {
    expect(logContext({ traceId, spanId, attributes: python })).toEqual({ traceId, spanId });
  });

  it.each([
    ['otelTraceID', 'otelSpanID'],
    ['trace_id', 'span_id'],
    ['traceId', 'spanId'],
    ['dd.trace_id', 'dd.span_id'],
  ])('is else what %s and %s say, in lower case (2B, L8)', (traceKey, spanKey) => {
    const attributes = [text(traceKey, otherTraceId.toUpperCase()), text(spanKey, otherSpanId.toUpperCase())];
    expect(logContext({ traceId: '', spanId: '', attributes })).toEqual({ traceId: otherTraceId, spanId: otherSpanId });
  });

  it.each(['0', '', '0'.repeat(32), 'ab'.repeat(8), '1234567890123456789', 'zz'.repeat(16)])(
    'is none where the attribute says %j',
    (value) => {
      const attributes = [text('otelTraceID', value), text('otelSpanID', value)];
      expect(logContext({ traceId: '', spanId: '', attributes })).toEqual({ traceId: '', spanId: '' });
    },
  );

  it('is only a trace where the span id is not valid', () => {
    const attributes = [text('trace_id', otherTraceId), text('span_id', '0')];
    expect(logContext({ traceId: '', spanId: '', attributes })).toEqual({ traceId: otherTraceId, spanId: '' });
  });

  it('never mixes two traces', () => {
    expect(logContext({ traceId, spanId: '', attributes: python })).toEqual({ traceId, spanId: '' });
    const same = [text('trace_id', traceId), text('span_id', otherSpanId)];
    expect(logContext({ traceId, spanId: '', attributes: same })).toEqual({ traceId, spanId: otherSpanId });
  });

  it('does not read ids that are not text', () => {
    expect(logContext({ traceId: '', spanId: '', attributes: [{ key: 'trace_id', value: { intValue: '12' } }] })).toEqual({
      traceId: '',
      spanId: '',
    });
  });

  it('comes with the service that Python noted', () => {
    expect(logServiceName({ attributes: python })).toBe('api');
    expect(logServiceName({ attributes: [] })).toBe('');
  });
});
