import { once } from 'node:events';
import http2 from 'node:http2';
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { Client, compressionAlgorithms, credentials, Metadata, type ServiceError, status as grpcCode } from '@grpc/grpc-js';
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ExportOutcome } from './interface.ts';
import { recording, start, testBudget, testPayloadLimit } from './receivers.fixture.ts';
import { readStatus } from './status.fixture.ts';
import { callOn, callRaw, frame, grpcPath } from './wire.fixture.ts';

const payload = Buffer.from('any bytes: the receiver does not look inside');
const signals = ['traces', 'logs', 'metrics'] as const;

describe('1A transport', () => {
  it.each(signals)('T1 Export of %s', async (signal) => {
    const { options, requests, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const answer = await callRaw(port, grpcPath[signal], frame(payload), { 'user-agent': 'OTel-OTLP-Exporter-Go/1.40' });
    expect(answer).toMatchObject({ httpStatus: 200, status: 0 });
    expect(requests).toEqual([
      { signal, encoding: 'protobuf', payload: new Uint8Array(payload), protocol: 'grpc', port, userAgent: 'OTel-OTLP-Exporter-Go/1.40' },
    ]);
    expectBudgetWhole();
  });

  it.each([
    '/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export',
    '/opentelemetry.proto.collector.trace.v1.TraceService/Import',
    '/',
  ])('T1 %s is UNIMPLEMENTED', async (path) => {
    const { port } = await start(recording().options);
    expect((await callRaw(port, path, frame(payload))).status).toBe(grpcCode.UNIMPLEMENTED);
  });

  it('T2 answers on 127.0.0.1 and, through "localhost", on whichever address that is', async () => {
    const { options } = recording();
    const { port } = await start(options);
    for (const target of [`127.0.0.1:${port}`, `localhost:${port}`]) expect(await callClient(target, payload)).toHaveLength(0);
  });

  it.each([
    ['gzip', gzipSync(payload)],
    ['deflate', deflateSync(payload)],
    ['zstd', zstdCompressSync(payload)],
  ])('T9 compression with %s', async (encoding, message) => {
    const { options, requests, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const frames = frame(message, { compressed: true });
    for (const signal of signals) {
      expect((await callRaw(port, grpcPath[signal], frames, { 'grpc-encoding': encoding })).status).toBe(grpcCode.OK);
    }
    expect(requests.map((request) => Buffer.from(request.payload).toString())).toEqual(Array(3).fill(payload.toString()));
    expectBudgetWhole();
  });

  it('T9 a message that is not compressed under grpc-encoding: gzip', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    expect((await callRaw(port, grpcPath.traces, frame(payload), { 'grpc-encoding': 'gzip' })).status).toBe(grpcCode.OK);
    expect(Buffer.from(requests[0]?.payload ?? []).toString()).toBe(payload.toString());
  });

  it('T9 an unsupported compression is UNIMPLEMENTED', async () => {
    const { port } = await start(recording().options);
    const answer = await callRaw(port, grpcPath.traces, frame(payload, { compressed: true }), { 'grpc-encoding': 'snappy' });
    expect(answer.status).toBe(grpcCode.UNIMPLEMENTED);
  });

  it('takes the name of the compression from grpc-encoding only', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    const message = gzipSync(payload);
    expect((await callRaw(port, grpcPath.traces, frame(message), { 'sidelight-message-encoding': 'gzip' })).status).toBe(grpcCode.OK);
    expect(Buffer.from(requests[0]?.payload ?? [])).toEqual(message);
  });

  it.each([
    ['truncated', gzipSync(payload).subarray(0, -12)],
    ['cut in its header', gzipSync(payload).subarray(0, 5)],
    ['followed by garbage', Buffer.concat([gzipSync(payload), Buffer.from('garbage')])],
  ])('T11 gzip that is %s is INVALID_ARGUMENT, and the process lives on', async (_, message) => {
    const { options, requests, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const answer = await callRaw(port, grpcPath.traces, frame(message, { compressed: true }), { 'grpc-encoding': 'gzip' });
    expect(answer.status).toBe(grpcCode.INVALID_ARGUMENT);
    expect(requests).toHaveLength(0);
    expect((await callRaw(port, grpcPath.traces, frame(payload))).status).toBe(grpcCode.OK);
    expectBudgetWhole();
  });

  it.each([
    [testPayloadLimit - 1, grpcCode.OK],
    [testPayloadLimit, grpcCode.OK],
    [testPayloadLimit + 1, grpcCode.RESOURCE_EXHAUSTED],
  ])('T12 %d bytes are status %d, plain and gzip, without RetryInfo', async (size, status) => {
    const { options, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const message = Buffer.alloc(size, 'x');
    const plain = await callRaw(port, grpcPath.traces, frame(message));
    const zipped = await callRaw(port, grpcPath.traces, frame(gzipSync(message), { compressed: true }), { 'grpc-encoding': 'gzip' });
    expect([plain.status, zipped.status]).toEqual([status, status]);
    expect([plain.details, zipped.details]).toEqual([undefined, undefined]);
    expectBudgetWhole();
  });

  it('T12 a gzip bomb of 256 MiB stops at the limit', async () => {
    const { options, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const bomb = frame(gzipSync(Buffer.alloc(256 * 1024 * 1024)), { compressed: true });
    expect((await callRaw(port, grpcPath.traces, bomb, { 'grpc-encoding': 'gzip' })).status).toBe(grpcCode.RESOURCE_EXHAUSTED);
    expectBudgetWhole();
  });

  it('T12 a length of 2 GiB is refused before its bytes are there', async () => {
    const { options } = recording();
    const { port } = await start(options);
    expect((await callRaw(port, grpcPath.traces, frame(payload, { length: 0x7f_ff_ff_ff }))).status).toBe(grpcCode.RESOURCE_EXHAUSTED);
  });

  it('T15 acknowledges 200 concurrent exports on one connection, none lost, none twice', async () => {
    const { options, requests, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const session = http2.connect(`http://127.0.0.1:${port}`);
    await once(session, 'remoteSettings');
    const messages = Array.from({ length: 200 }, (_, i) => `export ${i}`);
    const answers = await Promise.all(messages.map((message) => callOn(session, grpcPath.traces, frame(Buffer.from(message)))));
    session.destroy();
    expect(answers.every(({ status }) => status === 0)).toBe(true);
    expect(requests.map((request) => Buffer.from(request.payload).toString()).toSorted()).toEqual(messages.toSorted());
    expectBudgetWhole();
  });

  it('T16 a call without a message is UNIMPLEMENTED, and one that is not gRPC is 415', async () => {
    const { options, requests, expectBudgetWhole } = recording();
    const { port } = await start(options);
    expect((await callRaw(port, grpcPath.traces, Buffer.of())).status).toBe(grpcCode.UNIMPLEMENTED);
    expect((await callRaw(port, grpcPath.traces, frame(payload), { 'content-type': 'text/plain' })).httpStatus).toBe(415);
    expect((await callRaw(port, grpcPath.traces, Buffer.concat([frame(payload), frame(payload)]))).status).toBe(grpcCode.UNIMPLEMENTED);
    expect(requests).toHaveLength(0);
    expectBudgetWhole();
  });

  it('announces windows in which a large export does not have to wait', async () => {
    const { port } = await start(recording().options);
    const session = http2.connect(`http://127.0.0.1:${port}`);
    const settings: http2.Settings = (await once(session, 'remoteSettings'))[0];
    session.destroy();
    expect(settings).toMatchObject({ initialWindowSize: 1024 * 1024, maxConcurrentStreams: 100 });
  });
});

describe('1B success, empty, partial, failure', () => {
  it('R1 full success is a message of 0 bytes', async () => {
    const { port } = await start(recording().options);
    const answer = await callRaw(port, grpcPath.traces, frame(payload));
    expect([answer.status, [...answer.frames]]).toEqual([0, [0, 0, 0, 0, 0]]);
  });

  it('R2 an empty message is an empty request', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    for (const signal of signals) expect((await callRaw(port, grpcPath[signal], frame(Buffer.of()))).status).toBe(0);
    expect((await callRaw(port, grpcPath.traces, frame(gzipSync(''), { compressed: true }), { 'grpc-encoding': 'gzip' })).status).toBe(0);
    expect(requests).toHaveLength(0);
  });

  it('R4 partial success counts exactly', async () => {
    const { port } = await start(recording({ kind: 'accepted', rejected: 3, message: 'body is too deep' }).options);
    const response = await callClient(`127.0.0.1:${port}`, payload, grpcPath.logs);
    expect(ProtobufLogsSerializer.deserializeResponse(response)).toEqual({
      partialSuccess: { rejectedLogRecords: 3, errorMessage: 'body is too deep' },
    });
  });

  it('R5 a warning rejects nothing and says something', async () => {
    const { port } = await start(recording({ kind: 'accepted', rejected: 0, message: 'metrics are not stored yet' }).options);
    const response = await callClient(`127.0.0.1:${port}`, payload, grpcPath.logs);
    expect(ProtobufLogsSerializer.deserializeResponse(response).partialSuccess?.errorMessage).toBe('metrics are not stored yet');
  });

  const failures: [string, ExportOutcome, number, object[]][] = [
    [
      'R9 bad data',
      { kind: 'bad-data', message: 'not OTLP: ü' },
      grpcCode.INVALID_ARGUMENT,
      [{ fieldViolations: [{ description: 'not OTLP: ü' }] }],
    ],
    ['R11 R12 unavailable', { kind: 'unavailable', message: 'disk full' }, grpcCode.UNAVAILABLE, [{ retryDelay: { seconds: 1 } }]],
  ];
  it.each(failures)('%s has details', async (_, outcome, status, details) => {
    const { options, expectBudgetWhole } = recording(outcome);
    const { port } = await start(options);
    const error = await failedCall(`127.0.0.1:${port}`, payload);
    expect([error.code, error.details]).toEqual([status, outcome.message]);
    expect(readStatus(detailsOf(error))).toMatchObject({ code: status, message: outcome.message, details });
    expectBudgetWhole();
  });

  it('T13 a message that no header could carry is cut, whatever is in it', async () => {
    const { port } = await start(recording({ kind: 'bad-data', message: `\udc00${'ü\n\0'.repeat(100_000)}` }).options);
    const error = await failedCall(`127.0.0.1:${port}`, payload);
    expect(error.code).toBe(grpcCode.INVALID_ARGUMENT);
    expect(Buffer.byteLength(error.details)).toBeLessThanOrEqual(1024);
  });

  it('R10 answers UNAVAILABLE where ingest itself breaks', async () => {
    const { port } = await start(recording(() => Promise.reject(new Error('worker died'))).options);
    const error = await failedCall(`127.0.0.1:${port}`, payload);
    expect([error.code, error.details]).toEqual([grpcCode.UNAVAILABLE, 'The request could not be stored: worker died']);
  });

  it('R12 over the byte budget is UNAVAILABLE with RetryInfo while it is still being sent', async () => {
    const { options, requests, expectBudgetWhole } = recording();
    const { port } = await start(options);
    const message = Buffer.alloc(testPayloadLimit, 'x');
    options.budget.take(testBudget - testPayloadLimit / 2);
    const error = await failedCall(`127.0.0.1:${port}`, message);
    expect(error.code).toBe(grpcCode.UNAVAILABLE);
    expect(readStatus(detailsOf(error)).details).toMatchObject([{ retryDelay: { seconds: 1 } }]);
    expect(requests).toHaveLength(0);
    options.budget.give(testBudget - testPayloadLimit / 2);
    expect(await callClient(`127.0.0.1:${port}`, message)).toHaveLength(0);
    expectBudgetWhole();
  });

  it('R12 counts what a gzip message grows to', async () => {
    const { options, expectBudgetWhole } = recording();
    const { port } = await start(options);
    options.budget.take(testBudget - testPayloadLimit / 2);
    const error = await failedCall(`127.0.0.1:${port}`, Buffer.alloc(testPayloadLimit), compressionAlgorithms.gzip);
    expect(error.code).toBe(grpcCode.UNAVAILABLE);
    options.budget.give(testBudget - testPayloadLimit / 2);
    expectBudgetWhole();
  });

  it('gives payloads on memory of their own, so that they can be transferred', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    await callRaw(port, grpcPath.traces, frame(payload));
    const [request] = requests;
    expect(request?.payload.buffer.byteLength).toBe(payload.length);
  });
});

function asIs(bytes: Buffer): Buffer {
  return bytes;
}

async function callClient(
  target: string,
  message: Buffer,
  path: string = grpcPath.traces,
  compression = compressionAlgorithms.identity,
): Promise<Buffer> {
  const client = new Client(target, credentials.createInsecure(), { 'grpc.default_compression_algorithm': compression });
  onTestFinished(() => client.close());
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, asIs, asIs, message, new Metadata(), (error, response) => {
      if (error === null) resolve(response ?? Buffer.of());
      else reject(error);
    });
  });
}

async function failedCall(target: string, message: Buffer, compression = compressionAlgorithms.identity): Promise<ServiceError> {
  return callClient(target, message, grpcPath.traces, compression).then(
    () => {
      throw new Error('The call succeeded.');
    },
    (error: ServiceError) => error,
  );
}

function detailsOf(error: ServiceError): Uint8Array {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  if (!Buffer.isBuffer(bytes)) throw new Error('The call has no grpc-status-details-bin.');
  return bytes;
}
