import { once } from 'node:events';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { gzipSync } from 'node:zlib';
import { Client, compressionAlgorithms, credentials, type ServiceError, status as grpcCode } from '@grpc/grpc-js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { MistakeKind } from './mistake.ts';
import { recording, type Recording, start, testPayloadLimit } from './receivers.fixture.ts';
import { readStatus } from './status.fixture.ts';
import { callOn, callRaw, frame, grpcPath, json, protobuf, send, sendRaw } from './wire.fixture.ts';

const payload = Buffer.from('{}');
const userAgent = 'OTel-OTLP-Exporter-Python/1.45.0';

async function listen(outcome?: Parameters<typeof recording>[0]): Promise<Recording & { port: number }> {
  const recorded = recording(outcome);
  return { ...recorded, port: (await start(recorded.options)).port };
}

describe('T17 TLS on a plain port', () => {
  it('is answered with an alert that TLS clients print', async () => {
    const { port, mistakes } = await listen();
    const secure = tls.connect({ port, host: '127.0.0.1', servername: 'localhost' });
    expect(await once(secure, 'error')).toMatchObject([{ message: expect.stringContaining('alert handshake failure') }]);
    expect(mistakes).toEqual([{ kind: 'tls-on-plain-port', port, userAgent: '', detail: 'a TLS handshake' }]);
  });

  it('is the same for HTTPS and for gRPC with TLS', async () => {
    const { port, mistakes } = await listen();
    const request = https.request({ port, host: '127.0.0.1', path: '/v1/traces', method: 'POST' }).end();
    expect(await once(request, 'error')).toMatchObject([{ message: expect.stringContaining('alert handshake failure') }]);
    const error = await failedCall(port, grpcPath.traces, { tls: true });
    expect([error.code, error.details]).toEqual([grpcCode.UNAVAILABLE, expect.stringContaining('alert handshake failure')]);
    expect(new Set(mistakes.map(({ kind }) => kind))).toEqual(new Set(['tls-on-plain-port']));
  });

  it('is answered whatever follows, and closed', async () => {
    const { port } = await listen();
    const hello = Buffer.concat([Buffer.from('16030100c8010000c40303', 'hex'), Buffer.alloc(100_000)]);
    expect(Buffer.from(await sendRaw(port, hello), 'latin1').toString('hex')).toBe('15030100020228');
  });
});

describe('HTTP that is not an export', () => {
  const thrift = { 'content-type': 'application/vnd.apache.thrift.binary' };
  const remoteWrite = { ...protobuf, 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '0.1.0' };
  it.each<[string, { headers?: Record<string, string> }, number, MistakeKind, string]>([
    ['/', { headers: protobuf }, 404, 'wrong-path', 'did you mean /v1/traces?'],
    ['/v1/trace', { headers: protobuf }, 404, 'wrong-path', 'did you mean /v1/traces?'],
    ['/traces', {}, 404, 'wrong-path', 'did you mean /v1/traces?'],
    ['/v1/traces/', {}, 404, 'wrong-path', 'did you mean /v1/traces?'],
    ['/v1/spans', {}, 404, 'wrong-path', 'did you mean /v1/traces?'],
    ['//v1/traces', {}, 404, 'wrong-path', 'did you mean /v1/traces?'],
    ['/v1/traces/v1/logs', {}, 404, 'wrong-path', 'did you mean /v1/logs? SDKs append it to OTEL_EXPORTER_OTLP_ENDPOINT'],
    ['/loki/api/v1/push', {}, 404, 'wrong-path', "Loki's log lines are not taken here."],
    [grpcPath.traces, { headers: protobuf }, 404, 'wrong-path', 'is a gRPC method, and gRPC needs HTTP/2'],
    ['/api/v2/spans', {}, 404, 'zipkin', "Zipkin's spans are not taken here."],
    ['/api/v1/spans', { headers: { 'content-type': 'application/x-thrift' } }, 404, 'zipkin', "Zipkin's spans are not taken here."],
    ['/api/traces', { headers: thrift }, 404, 'jaeger-thrift', "Jaeger's Thrift is not taken here."],
    ['/v1/traces', { headers: thrift }, 415, 'jaeger-thrift', "Jaeger's Thrift is not taken here."],
    ['/api/v1/write', { headers: remoteWrite }, 404, 'prometheus-remote-write', 'Prometheus remote write is not taken here.'],
    ['/v1/metrics', { headers: remoteWrite }, 415, 'prometheus-remote-write', 'Prometheus remote write is not taken here.'],
  ])('POST %s %j is %d, %s', async (path, { headers = json }, status, kind, sentence) => {
    const { port, mistakes, requests } = await listen();
    const answer = await send(port, { path, headers: { ...headers, 'user-agent': userAgent }, body: payload });
    expect(answer.status).toBe(status);
    const isProtobuf = headers['content-type'] === 'application/x-protobuf';
    expect(answer.headers['content-type']).toBe(isProtobuf ? 'application/x-protobuf' : 'application/json');
    const { message } = isProtobuf ? readStatus(answer.body) : JSON.parse(answer.body.toString());
    expect(message).toContain(sentence);
    expect(message).toContain('/v1/traces');
    expect(mistakes).toEqual([{ kind, port, userAgent, detail: path }]);
    expect(requests).toEqual([]);
  });

  it.each<[MistakeKind, string, number, object, string]>([
    ['wrong-content-type', 'text/plain', 415, { 'content-type': 'text/plain' }, 'supported: application/x-protobuf, application/json'],
    ['wrong-content-type', '', 415, {}, 'supported: application/x-protobuf, application/json'],
    ['wrong-content-type', 'application/grpc-web', 415, { 'content-type': 'application/grpc-web' }, 'Unsupported Content-Type'],
    ['unsupported-compression', 'lz4', 400, { ...json, 'content-encoding': 'lz4' }, 'supported: gzip, deflate, zstd'],
    ['foreign-host', 'telemetry.example:4318', 403, { ...json, host: 'telemetry.example:4318' }, "not a name of this machine's loopback"],
    ['foreign-origin', 'https://example.org', 403, { ...json, origin: 'https://example.org' }, 'only pages on localhost'],
  ])('%s: %s is %d', async (kind, detail, status, headers, sentence) => {
    const { port, mistakes } = await listen();
    const answer = await send(port, { headers: { ...headers, 'user-agent': userAgent }, body: payload });
    expect([answer.status, JSON.parse(answer.body.toString()).message]).toEqual([status, expect.stringContaining(sentence)]);
    expect(mistakes).toEqual([{ kind, port, userAgent, detail }]);
  });

  it('a preflight of a foreign page is reported: its export will never come', async () => {
    const { port, mistakes } = await listen();
    await send(port, { method: 'OPTIONS', headers: { origin: 'https://example.org', 'access-control-request-method': 'POST' } });
    expect(mistakes).toMatchObject([{ kind: 'foreign-origin', detail: 'https://example.org' }]);
  });

  it('an export by PUT', async () => {
    const { port, mistakes } = await listen();
    expect((await send(port, { method: 'PUT', headers: json, body: payload })).status).toBe(405);
    expect(mistakes).toMatchObject([{ kind: 'not-otlp', detail: 'PUT /v1/traces' }]);
  });

  it.each([
    ['as announced', Buffer.alloc(testPayloadLimit + 1), {}],
    ['as decompressed', gzipSync(Buffer.alloc(testPayloadLimit + 1)), { 'content-encoding': 'gzip' }],
  ])('a payload that is too large, %s', async (_, body, headers) => {
    const { port, mistakes } = await listen();
    expect((await send(port, { headers: { ...protobuf, ...headers, 'user-agent': userAgent }, body })).status).toBe(413);
    expect(mistakes).toEqual([{ kind: 'too-large', port, userAgent, detail: `more than ${testPayloadLimit} bytes` }]);
  });
});

describe('gRPC that is not an export', () => {
  it.each([
    ['/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export', 'OTLP/gRPC has'],
    ['/jaeger.api_v2.CollectorService/PostSpans', 'OTLP/gRPC has'],
    ['/opentelemetry.proto.collector.trace.v1.TraceService/Import', 'OTLP/gRPC has'],
    [`/v1/traces${grpcPath.traces}`, 'wants an endpoint without a path'],
  ])('the method %s, called by grpc-js, is UNIMPLEMENTED', async (path, sentence) => {
    const { port, mistakes } = await listen();
    const error = await failedCall(port, path);
    expect([error.code, error.details]).toEqual([grpcCode.UNIMPLEMENTED, expect.stringContaining(sentence)]);
    expect(mistakes).toEqual([{ kind: 'wrong-path', port, userAgent: expect.stringMatching(/^grpc-node-js\//), detail: path }]);
  });

  it('an unsupported compression is UNIMPLEMENTED, and told what is supported', async () => {
    const { port, mistakes } = await listen();
    const headers = { 'grpc-encoding': 'snappy', 'user-agent': userAgent };
    const answer = await callRaw(port, grpcPath.traces, frame(payload, { compressed: true }), headers);
    expect(answer).toMatchObject({ status: grpcCode.UNIMPLEMENTED, message: expect.stringContaining('identity,gzip,deflate,zstd') });
    expect(mistakes).toEqual([{ kind: 'unsupported-compression', port, userAgent, detail: 'snappy' }]);
  });

  it.each([
    ['application/grpc', 200],
    ['application/json', 415],
  ])('an upload of %s is refused by its head, before its end, and the connection goes on', async (contentType, status) => {
    const { port, expectBudgetWhole } = await listen();
    const session = http2.connect(`http://127.0.0.1:${port}`);
    onTestFinished(() => session.destroy());
    const stream = session.request({ ':method': 'POST', ':path': '/nothing/Here', 'content-type': contentType });
    stream.write(Buffer.alloc(testPayloadLimit));
    const [head] = await once(stream, 'response');
    stream.end(Buffer.alloc(8 * testPayloadLimit)).resume();
    await once(stream, 'close');
    expect([head[':status'], stream.rstCode]).toEqual([status, http2.constants.NGHTTP2_NO_ERROR]);
    expect((await callOn(session, grpcPath.traces, frame(payload))).status).toBe(grpcCode.OK);
    expectBudgetWhole();
  });

  it.each([
    ['by its announced length', compressionAlgorithms.identity],
    ['as decompressed', compressionAlgorithms.gzip],
  ])('a message that is too large, %s, is RESOURCE_EXHAUSTED', async (_, compression) => {
    const { port, mistakes } = await listen();
    const error = await failedCall(port, grpcPath.traces, { compression, message: Buffer.alloc(testPayloadLimit + 1) });
    expect(error.code).toBe(grpcCode.RESOURCE_EXHAUSTED);
    await vi.waitFor(() => expect(mistakes).toMatchObject([{ kind: 'too-large', port, detail: `more than ${testPayloadLimit} bytes` }]));
  });

  it.each([
    ['no message', Buffer.of()],
    ['two messages', Buffer.concat([frame(payload), frame(payload)])],
  ])('a call with %s', async (_, frames) => {
    const { port, mistakes, requests } = await listen();
    expect((await callRaw(port, grpcPath.traces, frames, { 'user-agent': userAgent })).status).toBe(grpcCode.UNIMPLEMENTED);
    await vi.waitFor(() => expect(mistakes).toEqual([{ kind: 'not-otlp', port, userAgent, detail: expect.stringContaining('message') }]));
    expect(requests).toEqual([]);
  });

  it.each([
    ['application/x-protobuf', (body: Buffer) => readStatus(body)],
    ['application/json', (body: Buffer) => JSON.parse(body.toString())],
    ['application/grpc-web+proto', (body: Buffer) => JSON.parse(body.toString())],
  ])('HTTP/2 with %s is 415 with a Status', async (contentType, read) => {
    const { port, mistakes } = await listen();
    const session = http2.connect(`http://127.0.0.1:${port}`);
    onTestFinished(() => session.destroy());
    const answer = await callOn(session, '/v1/traces', payload, { 'content-type': contentType, 'user-agent': userAgent });
    expect([answer.httpStatus, read(answer.frames).message]).toEqual([415, expect.stringContaining('Send OTLP/HTTP over HTTP/1.1')]);
    const detail = `an HTTP/2 request to /v1/traces with the content type ${contentType}`;
    expect(mistakes).toEqual([{ kind: 'not-otlp', port, userAgent, detail }]);
    expect((await callOn(session, grpcPath.traces, frame(payload))).status).toBe(grpcCode.OK);
  });
});

describe('bytes that are no protocol', () => {
  it.each([
    ['hello\r\n', 'hello'],
    ['SSH-2.0-OpenSSH_9.9\r\n', 'SSH-2.0-OpenSSH_9.9'],
    ['{"resourceSpans":[]}', '{"resourceSpans":[]}'],
    ['*1\r\n$4\r\nPING\r\n', String.raw`*1\u000d $4\u000d PING\u000d `],
    ['\x1b[2Jboo\u009b', String.raw`\u001b[2Jboo\u009b`],
  ])('%j are answered with 400', async (bytes, detail) => {
    const { port, mistakes } = await listen();
    const answer = await sendRaw(port, Buffer.from(bytes, 'latin1'));
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(JSON.parse(body)).toMatchObject({ code: 3, message: expect.stringContaining('gRPC') });
    expect(mistakes).toEqual([{ kind: 'not-otlp', port, userAgent: '', detail }]);
  });

  it('a head that never ends is 431', async () => {
    const { port, mistakes } = await listen();
    expect(await sendRaw(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(100_000)}`)).toMatch(/^HTTP\/1.1 431 /);
    expect(mistakes).toEqual([{ kind: 'too-large', port, userAgent: '', detail: 'the head of a request' }]);
  });
});

describe('what is no mistake of a client', () => {
  it('is not reported', async () => {
    const { port, mistakes } = await listen();
    for (const path of ['/', '/favicon.ico', '/v1/traces', '/api/traces']) await send(port, { path, method: 'GET' });
    await send(port, { method: 'OPTIONS', headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' } });
    await send(port, { headers: protobuf, body: payload });
    await callRaw(port, grpcPath.traces, frame(payload));
    await connectAndLeave(port, '');
    await connectAndLeave(port, 'POST /v1/traces HTTP/1.1\r\nHost: loc');
    expect(mistakes).toEqual([]);
  });

  it.each(['bad-data', 'unavailable'] as const)('nor is %s, which whoever ingests knows of', async (kind) => {
    const { port, mistakes } = await listen({ kind, message: 'no' });
    await send(port, { headers: protobuf, body: payload });
    await callRaw(port, grpcPath.traces, frame(payload));
    expect(mistakes).toEqual([]);
  });
});

describe('reporting', () => {
  it('cuts at 256 characters and escapes what could play tricks', async () => {
    const { port, mistakes } = await listen();
    await send(port, { path: `/${'a'.repeat(5000)}`, headers: { ...json, 'user-agent': `evil\u009b${'b'.repeat(5000)}` } });
    const [mistake] = mistakes;
    expect(mistake?.detail).toBe(`/${'a'.repeat(255)}`);
    expect(mistake?.userAgent).toMatch(/^evil\\u009bb+$/);
    expect(mistake?.userAgent).toHaveLength(256);
  });

  it('never reaches the client when it fails', async () => {
    const { options } = recording();
    const { port } = await start({ ...options, onMistake: () => expect.unreachable('a listener that breaks') });
    const warned = once(process, 'warning');
    expect((await send(port, { path: '/', headers: json, body: payload })).status).toBe(404);
    expect(await warned).toMatchObject([{ message: expect.stringContaining('a listener that breaks') }]);
    expect((await send(port, { headers: json, body: payload })).status).toBe(200);
  });
});

async function connectAndLeave(port: number, bytes: string): Promise<void> {
  const socket = net.connect(port, '127.0.0.1').resume();
  const closed = once(socket, 'close');
  socket.end(bytes);
  await closed;
}

interface CallOptions {
  tls?: boolean;
  compression?: compressionAlgorithms;
  message?: Buffer;
}

function failedCall(port: number, path: string, options: CallOptions = {}): Promise<ServiceError> {
  const { tls: withTls = false, compression = compressionAlgorithms.identity, message = payload } = options;
  const channel = withTls ? credentials.createSsl() : credentials.createInsecure();
  const client = new Client(`localhost:${port}`, channel, { 'grpc.default_compression_algorithm': compression });
  onTestFinished(() => client.close());
  const asIs = (bytes: Buffer): Buffer => bytes;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, asIs, asIs, message, (error) => {
      if (error === null) reject(new Error('The call succeeded.'));
      else resolve(error);
    });
  });
}
