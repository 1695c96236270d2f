import { createServer, type Socket } from 'node:net';
import { type handleUnaryCall, Server, type ServerUnaryCall, type ServiceDefinition, type StatusObject } from '@grpc/grpc-js';
import type { Signal } from '#proto/model/batch';
import { reserve, type Reservation } from './byte-budget.ts';
import { createDecompressor } from './decompressors.ts';
import { badData, unavailable, unreadable } from './failure.ts';
import { createConnectionInjector, encodingHeader } from './grpc-connections.ts';
import { grpcStatus } from './grpc-status.ts';
import type { Receiver, ReceiverOptions } from './interface.ts';
import { closeServer, listenOnLoopback } from '#main/base/listen-on-loopback';
import { maxConnections, requestTimeoutMs } from './limits.ts';
import { exportResponse } from './responses.ts';
import { readPayload, type PayloadResult } from './read-payload.ts';
import { submit } from './submit.ts';

type ExportCall = ServerUnaryCall<Buffer, Buffer>;

const services: ReadonlyMap<string, Signal> = new Map([
  ['opentelemetry.proto.collector.trace.v1.TraceService', 'traces'],
  ['opentelemetry.proto.collector.logs.v1.LogsService', 'logs'],
  ['opentelemetry.proto.collector.metrics.v1.MetricsService', 'metrics'],
]);

/** OTLP/gRPC (OTLP specification, "OTLP/gRPC"). Rejects with `PortTakenError`. */
export async function startGrpcReceiver(options: ReceiverOptions): Promise<Receiver> {
  const server = new Server({ 'grpc.max_receive_message_length': options.maxPayloadBytes, 'grpc.enable_channelz': 0 });
  for (const [service, signal] of services) server.addService(serviceDefinition(service), { Export: exportHandler(signal, options) });
  const inject = createConnectionInjector(server, options.budget, requestTimeoutMs);
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    inject(socket);
  };
  const { port, servers } = await listenOnLoopback(options.port, () => {
    const listener = createServer({ noDelay: true }, accept);
    listener.maxConnections = maxConnections;
    return listener;
  });
  const stop = async (drainMs: number): Promise<void> => {
    const closed = servers.map((listener) => closeServer(listener));
    const deadline = setTimeout(() => sockets.forEach((socket) => socket.destroy()), drainMs);
    await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    await Promise.all(closed);
    clearTimeout(deadline);
  };
  return { port, stop };
}

/** The bytes of messages go through as they are: decoding is another thread's work. */
function serviceDefinition(service: string): ServiceDefinition {
  const serialisers = { requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs };
  return { Export: { path: `/${service}/Export`, requestStream: false, responseStream: false, ...serialisers } };
}

function asIs(bytes: Buffer): Buffer {
  return bytes;
}

function exportHandler(signal: Signal, options: ReceiverOptions): handleUnaryCall<Buffer, Buffer> {
  return (call, respond) => {
    void exportCall(call, signal, options).then((answer) => (Buffer.isBuffer(answer) ? respond(null, answer) : respond(answer)));
  };
}

async function exportCall(call: ExportCall, signal: Signal, options: ReceiverOptions): Promise<Buffer | StatusObject> {
  const reservation = reserve(options.budget);
  try {
    const result = await readMessage(call, options.maxPayloadBytes, reservation);
    if (result.kind !== 'payload') return grpcStatus(unreadable(result, options.maxPayloadBytes));
    const userAgent = String(call.metadata.get('user-agent')[0] ?? '');
    const outcome = await submit(options.ingest, { signal, encoding: 'protobuf', payload: result.payload, protocol: 'grpc', userAgent });
    if (outcome.kind === 'bad-data') return grpcStatus(badData(outcome.message));
    if (outcome.kind === 'unavailable') return grpcStatus(unavailable(outcome.message));
    return Buffer.from(exportResponse('protobuf', signal, outcome.rejected, outcome.message));
  } finally {
    reservation.release();
  }
}

function readMessage({ request, metadata }: ExportCall, limit: number, reservation: Reservation): Promise<PayloadResult> {
  const encoding = metadata.get(encodingHeader)[0];
  const decompressor = typeof encoding === 'string' && looksCompressed(request) ? createDecompressor(encoding) : undefined;
  if (decompressor === undefined) return readPayload([request], limit, reservation);
  decompressor.end(request);
  return readPayload(decompressor, limit, reservation);
}

/**
 * A call with `grpc-encoding` may still send its message as it is; the flag that says so stays inside grpc-js. No export request begins like compressed data: gzip's
 * first byte is not a protobuf tag, and zlib's is that of a field 15.
 */
function looksCompressed(message: Buffer): boolean {
  return message[0] === 0x1f || message[0] === 0x78;
}
