import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it } from 'vitest';
import type { ExportOutcome } from './interface.ts';
import { recording, start, testBudget, testPayloadLimit } from './receivers.fixture.ts';
import { readStatus } from './status.fixture.ts';
import { json, protobuf, send, sendRaw } from './wire.fixture.ts';

const payload = Buffer.from('any bytes: the receiver does not look inside');
const encodings = [
  { name: 'protobuf', headers: protobuf },
  { name: 'json', headers: json },
] as const;

describe('1A transport, paths, content types', () => {
  it.each(['traces', 'logs', 'metrics'] as const)('T3 T6 hands on /v1/%s in both encodings', async (signal) => {
    const { options, requests } = recording();
    const { port } = await start(options);
    for (const { name, headers } of encodings) {
      const answer = await send(port, {
        path: `/v1/${signal}`,
        headers: { ...headers, 'user-agent': 'OTel-OTLP-Exporter-Python/1.40' },
        body: payload,
      });
      expect(answer.status).toBe(200);
      expect(requests.at(-1)).toEqual({
        signal,
        encoding: name,
        payload: new Uint8Array(payload),
        protocol: `http/${name}`,
        port,
        userAgent: 'OTel-OTLP-Exporter-Python/1.40',
      });
    }
  });

  it('T2 answers on 127.0.0.1 and on ::1', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    const hosts = (await hasIpv6()) ? ['127.0.0.1', '::1'] : ['127.0.0.1'];
    for (const host of hosts) expect((await send(port, { host, headers: { ...json, host: 'localhost' }, body: payload })).status).toBe(200);
    expect(requests).toHaveLength(hosts.length);
  });

  it.each([
    ['/', 'did you mean /v1/traces?'],
    ['/v1/traces/v1/traces', 'did you mean /v1/traces?'],
    ['/v1/logs/', 'did you mean /v1/logs?'],
    ['/metrics', 'did you mean /v1/metrics?'],
    ['/opentelemetry.proto.collector.trace.v1.TraceService/Export', 'is a gRPC method'],
    ['/v1development/profiles', 'OTLP/HTTP takes traces at /v1/traces'],
  ])('T4 POST %s is 404 with advice', async (path, advice) => {
    const { options, requests } = recording();
    const { port } = await start(options);
    const answer = await send(port, { path, headers: protobuf, body: payload });
    expect(answer.status).toBe(404);
    expect(readStatus(answer.body).message).toContain(advice);
    expect(requests).toHaveLength(0);
  });

  it('T5 takes Content-Length, chunks of one byte, and a query string', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    const chunks = [...payload].map((byte) => Uint8Array.of(byte));
    expect((await send(port, { headers: protobuf, body: payload })).status).toBe(200);
    expect((await send(port, { path: '/v1/traces?api=1', headers: protobuf, chunks })).status).toBe(200);
    expect(requests.map(({ payload: bytes }) => Buffer.from(bytes).toString())).toEqual([payload.toString(), payload.toString()]);
  });

  it.each([
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/json;charset=UTF-8',
    'Application/X-Protobuf',
    'application/x-protobuf; a=b',
  ])('T6 T7 accepts "%s" and answers in the same encoding', async (contentType) => {
    const { options } = recording();
    const { port } = await start(options);
    const answer = await send(port, { headers: { 'content-type': contentType }, body: payload });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe(contentType.split(';')[0]?.toLowerCase());
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/protobuf', 'application/jsonx', ''])(
    'T8 "%s" is 415',
    async (contentType) => {
      const { options, requests } = recording();
      const { port } = await start(options);
      const answer = await send(port, { headers: { 'content-type': contentType }, body: payload });
      expect(answer.status).toBe(415);
      expect(JSON.parse(answer.body.toString())).toMatchObject({
        code: 3,
        message: expect.stringContaining('application/x-protobuf, application/json'),
      });
      expect(requests).toHaveLength(0);
    },
  );

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'])('T8 %s is 405', async (method) => {
    const { options } = recording();
    const { port } = await start(options);
    const answer = await send(port, { method, headers: json });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST, OPTIONS');
    expect(answer.body.toString()).toContain(method === 'HEAD' ? '' : 'Exports are sent with POST');
  });

  describe.each(encodings)('T9 compression of $name', ({ headers }) => {
    it.each([
      ['gzip', gzipSync(payload)],
      ['GZIP', gzipSync(payload)],
      ['deflate', deflateSync(payload)],
      ['zstd', zstdCompressSync(payload)],
      ['identity', payload],
    ])('%s', async (encoding, body) => {
      const { options, requests } = recording();
      const { port } = await start(options);
      for (const path of ['/v1/traces', '/v1/logs', '/v1/metrics']) {
        expect((await send(port, { path, headers: { ...headers, 'content-encoding': encoding }, body })).status).toBe(200);
      }
      expect(requests.map((request) => Buffer.from(request.payload).toString())).toEqual(Array(3).fill(payload.toString()));
    });

    it('names an unsupported one', async () => {
      const { options } = recording();
      const { port } = await start(options);
      const answer = await send(port, { headers: { ...headers, 'content-encoding': 'lz4' }, body: payload });
      expect(answer.status).toBe(400);
      expect(answer.body.toString()).toContain('unsupported Content-Encoding: lz4');
    });
  });

  it('T10 never compresses an answer', async () => {
    const { options } = recording();
    const { port } = await start(options);
    const answer = await send(port, { path: '/', headers: { ...json, 'accept-encoding': 'gzip' } });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  it.each([
    ['a body that is not gzip', payload],
    ['a truncated body', gzipSync(payload).subarray(0, -12)],
    ['a wrong checksum', corrupt(gzipSync(payload), -8)],
    ['garbage after the end', Buffer.concat([gzipSync(payload), Buffer.from('garbage')])],
    ['nothing but a header', gzipSync(payload).subarray(0, 10)],
  ])('T11 %s under gzip is 400, code 3', async (_, body) => {
    const { options, requests, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const answers = await Promise.all(
      encodings.map(({ headers }) => send(port, { headers: { ...headers, 'content-encoding': 'gzip' }, body })),
    );
    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    expect(readStatus(answers[0]?.body ?? Buffer.of()).code).toBe(3);
    expect(JSON.parse(answers[1]?.body.toString() ?? '')).toMatchObject({ code: 3 });
    expect(requests).toHaveLength(0);
    expectBudgetWhole();
  });

  it('T11 a body under zstd that is not zstd is 400', async () => {
    const { options } = recording();
    const { port } = await start(options);
    expect((await send(port, { headers: { ...json, 'content-encoding': 'zstd' }, body: payload })).status).toBe(400);
  });

  it('T11 joins the members of a gzip stream', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    const members = Buffer.concat([gzipSync(payload.subarray(0, 10)), gzipSync(payload.subarray(10))]);
    expect((await send(port, { headers: { ...json, 'content-encoding': 'gzip' }, body: members })).status).toBe(200);
    expect(Buffer.from(requests[0]?.payload ?? []).toString()).toBe(payload.toString());
  });

  it.each([
    [testPayloadLimit - 1, 200],
    [testPayloadLimit, 200],
    [testPayloadLimit + 1, 413],
  ])('T12 %d bytes are %d, plain, chunked and gzip', async (size, status) => {
    const { options, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const body = Buffer.alloc(size, 'x');
    const answers = [
      await send(port, { headers: protobuf, body }),
      await send(port, { headers: protobuf, chunks: [body.subarray(0, 1000), body.subarray(1000)] }),
      await send(port, { headers: { ...protobuf, 'content-encoding': 'gzip' }, body: gzipSync(body) }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
    const statuses = answers.map(({ body: answered }) => readStatus(answered));
    expect(statuses.map(({ code, details }) => [code, details])).toEqual(answers.map(() => [status === 413 ? 8 : 0, []]));
    expectBudgetWhole();
  });

  it.each(['gzip', 'zstd'])('T12 a %s bomb of 256 MiB stops at the limit', async (encoding) => {
    const { options, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const zeros = Buffer.alloc(256 * 1024 * 1024);
    const body = encoding === 'gzip' ? gzipSync(zeros) : zstdCompressSync(zeros);
    const answer = await send(port, { headers: { ...json, 'content-encoding': encoding }, body });
    expect(answer.status).toBe(413);
    expectBudgetWhole();
  });

  it('T12 refuses by the announced length, before anything is sent', async () => {
    const { options } = recording();
    const { port } = await start(options);
    const head = `POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n`;
    const socket = net.connect(port, '127.0.0.1');
    socket.write(head);
    const data: Buffer = (await once(socket, 'data'))[0];
    expect(data.toString()).toMatch(/^HTTP\/1.1 413 /);
    socket.destroy();
  });

  it('T14 keeps a connection for more than a minute of idleness, and uses it again', async () => {
    const { options } = recording();
    const { port } = await start(options);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await send(port, { headers: json, body: '{}', agent }));
    expect(answers[0]?.headers['keep-alive']).toBe('timeout=75');
    const [sockets] = Object.values(agent.freeSockets);
    expect(sockets).toHaveLength(1);
    agent.destroy();
  });

  it('T15 acknowledges 200 concurrent exports, none lost, none twice', async () => {
    const { options, requests, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const bodies = Array.from({ length: 200 }, (_, i) => `export ${i}`);
    const answers = await Promise.all(bodies.map((body) => send(port, { headers: json, body })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(requests.map((request) => Buffer.from(request.payload).toString()).toSorted()).toEqual(bodies.toSorted());
    expectBudgetWhole();
  });
});

describe('1B success, empty, partial, failure', () => {
  it('R1 R2 full success is 200 with 0 bytes, or {}', async () => {
    const { options } = recording();
    const { port } = await start(options);
    const answers = await Promise.all(encodings.map(({ headers }) => send(port, { headers, body: payload })));
    expect(answers.map(({ status, body }) => [status, body.toString()])).toEqual([
      [200, ''],
      [200, '{}'],
    ]);
    expect(answers.map(({ headers }) => headers['content-type'])).toEqual(['application/x-protobuf', 'application/json']);
  });

  it('R2 R3 an empty body is an empty request, in protobuf and in JSON', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    for (const { headers } of encodings) {
      expect((await send(port, { headers })).status).toBe(200);
      expect((await send(port, { headers, chunks: [] })).status).toBe(200);
      expect((await send(port, { headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync('') })).status).toBe(200);
    }
    expect(requests).toHaveLength(0);
  });

  it('R4 T13 partial success counts exactly, in both encodings', async () => {
    const { port } = await start(recording({ kind: 'accepted', rejected: 2, message: 'span_id must have 8 bytes' }).options);
    const [binary, text] = await Promise.all(encodings.map(({ headers }) => send(port, { headers, body: payload })));
    expect(binary?.status).toBe(200);
    const partialSuccess = { rejectedSpans: 2, errorMessage: 'span_id must have 8 bytes' };
    expect(ProtobufTraceSerializer.deserializeResponse(binary?.body ?? Buffer.of())).toEqual({ partialSuccess });
    expect(JSON.parse(text?.body.toString() ?? '')).toEqual({ partialSuccess: { ...partialSuccess, rejectedSpans: '2' } });
  });

  it('R5 a warning rejects nothing and says something', async () => {
    const { port } = await start(recording({ kind: 'accepted', rejected: 0, message: 'duplicate keys' }).options);
    const answer = await send(port, { headers: json, body: payload });
    expect([answer.status, answer.body.toString()]).toEqual([200, '{"partialSuccess":{"errorMessage":"duplicate keys"}}']);
  });

  const failures: [string, ExportOutcome, number, number][] = [
    ['R9 bad data', { kind: 'bad-data', message: 'not OTLP' }, 400, 3],
    ['R10 R12 R13 unavailable', { kind: 'unavailable', message: 'disk full' }, 503, 14],
  ];
  it.each(failures)('R8 %s is a google.rpc.Status in the encoding of the request', async (_, outcome, httpStatus, code) => {
    const { options, expectBudgetWhole } = recording(outcome);
    const { port } = await start(options);
    const [binary, text] = await Promise.all(encodings.map(({ headers }) => send(port, { headers, body: payload })));
    const expected = { code, message: outcome.message };
    expect(binary?.status).toBe(httpStatus);
    expect(readStatus(binary?.body ?? Buffer.of())).toMatchObject(expected);
    expect(readStatus(binary?.body ?? Buffer.of()).details[0]?.['@type']).toMatch(code === 3 ? /BadRequest$/ : /RetryInfo$/);
    expect(binary?.headers['content-type']).toBe('application/x-protobuf');
    expect(text?.status).toBe(httpStatus);
    expect(JSON.parse(text?.body.toString() ?? '')).toMatchObject(expected);
    expect(text?.headers['content-type']).toBe('application/json');
    expect(text?.headers['retry-after']).toBe(httpStatus === 503 ? '1' : undefined);
    expectBudgetWhole();
  });

  it('R10 answers 503, not 500, where ingest itself breaks', async () => {
    const { options, expectBudgetWhole } = recording(() => Promise.reject(new Error('worker died')));
    const { port } = await start(options);
    const answer = await send(port, { headers: json, body: payload });
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(answer.body.toString()).toContain('worker died');
    expectBudgetWhole();
  });

  it('R12 over the byte budget is 503 with Retry-After, and takes the next one when there is room', async () => {
    const { options, requests, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const body = Buffer.alloc(testPayloadLimit, 'x');
    options.budget.take(testBudget - testPayloadLimit / 2);
    const refused = await send(port, { headers: json, body });
    expect([refused.status, refused.headers['retry-after'], requests.length]).toEqual([503, '1', 0]);
    options.budget.give(testBudget - testPayloadLimit / 2);
    expect((await send(port, { headers: json, body })).status).toBe(200);
    expectBudgetWhole();
  });

  it('gives payloads on memory of their own, so that they can be transferred', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    await send(port, { headers: json, body: payload });
    const [request] = requests;
    expect(request?.payload.buffer.byteLength).toBe(payload.length);
    expect(() => structuredClone(request?.payload, { transfer: [request?.payload.buffer ?? new ArrayBuffer()] })).not.toThrow();
  });

  it('cuts a User-Agent at 256 characters', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    await send(port, { headers: { ...json, 'user-agent': 'a'.repeat(1000) }, body: payload });
    expect(requests[0]?.userAgent).toHaveLength(256);
  });

  it('answers a request without any header of HTTP/1.1 without falling over', async () => {
    const { port } = await start(recording().options);
    expect(await sendRaw(port, 'POST /v1/traces HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 403 /);
  });
});

function corrupt(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8((copy.at(index) ?? 0) ^ 0xff, copy.length + index);
  return copy;
}

async function hasIpv6(): Promise<boolean> {
  const server = net.createServer().listen(0, '::1');
  const listening = await Promise.race([once(server, 'listening').then(() => true), once(server, 'error').then(() => false)]);
  server.close();
  return listening;
}
