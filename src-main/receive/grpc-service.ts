import type { Socket } from 'node:net';
import { type handleUnaryCall, Server, type ServerUnaryCall, type StatusObject } from '@grpc/grpc-js';
import type { Signal } from '#proto/model/batch';
import { reserve, type Reservation } from './byte-budget.ts';
import { createDecompressor } from './decompressors.ts';
import { badData, unavailable, unreadable } from './failure.ts';
import { createConnectionInjector, encodingHeader } from './grpc-connections.ts';
import { exportMethods } from './grpc-route.ts';
import { grpcStatus } from './grpc-status.ts';
import type { PortContext } from './port-context.ts';
import { exportResponse } from './responses.ts';
import { readPayload, type PayloadResult } from './read-payload.ts';
import { submit } from './submit.ts';

type ExportCall = ServerUnaryCall<Buffer, Buffer>;

export interface GrpcService {
  /** Takes a connection from its first byte on. */
  serve(socket: Socket): void;
  /** Takes no new call; resolves when those under way have been answered and all connections are closed. */
  shutDown(): Promise<void>;
}

/** OTLP/gRPC (OTLP specification, "OTLP/gRPC"). */
export function createGrpcService(context: PortContext): GrpcService {
  const server = new Server({ 'grpc.max_receive_message_length': context.maxPayloadBytes, 'grpc.enable_channelz': 0 });
  // The bytes of messages go through as they are: decoding is another thread's work.
  for (const [path, signal] of exportMethods) server.register(path, exportHandler(signal, context), asIs, asIs, 'unary');
  const inject = createConnectionInjector(server, context);
  return {
    serve(socket) {
      // Node's HTTP server, which has accepted the socket, lets clients end their half of it early; HTTP/2 has no such thing and would wait for ever.
      socket.allowHalfOpen = false;
      inject(socket);
    },
    shutDown: () => new Promise((resolve) => server.tryShutdown(() => resolve())),
  };
}

function asIs(bytes: Buffer): Buffer {
  return bytes;
}

function exportHandler(signal: Signal, context: PortContext): handleUnaryCall<Buffer, Buffer> {
  return (call, respond) => {
    void exportCall(call, signal, context).then((answer) => (Buffer.isBuffer(answer) ? respond(null, answer) : respond(answer)));
  };
}

async function exportCall(call: ExportCall, signal: Signal, context: PortContext): Promise<Buffer | StatusObject> {
  const reservation = reserve(context.budget);
  try {
    const result = await readMessage(call, context.maxPayloadBytes, reservation);
    if (result.kind !== 'payload') return grpcStatus(unreadable(result, context.maxPayloadBytes));
    const userAgent = String(call.metadata.get('user-agent')[0] ?? '');
    const outcome = await submit(context, { signal, encoding: 'protobuf', payload: result.payload, protocol: 'grpc', userAgent });
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
 * first byte is not a protobuf tag, and those of zlib and zstd are of fields 15 and 5, which export requests don't have.
 */
function looksCompressed(message: Buffer): boolean {
  return message[0] === 0x1f || message[0] === 0x78 || message[0] === 0x28;
}
