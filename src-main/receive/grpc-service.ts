import http2, { type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { answerCall } from './grpc-call.ts';
import { isGrpc, notGrpc, routeOfCall } from './grpc-route.ts';
import { refuseCall, refuseOther } from './grpc-status.ts';
import type { PortContext } from './port-context.ts';

/**
 * With HTTP/2's default of 64 KiB, a client waits for us several times in each large export. What comes is taken out of the windows at once, and counted against the byte
 * budget: they say how much may be on its way, not how much is kept.
 */
const streamWindowBytes = 1024 * 1024;
const connectionWindowBytes = 8 * 1024 * 1024;

const maxConcurrentStreams = 100;

export interface GrpcService {
  /** Takes a connection from its first byte on. */
  serve(socket: Socket): void;
  /** Takes no new call; resolves when those under way have been answered and all connections are closed. */
  shutDown(): Promise<void>;
}

/** OTLP/gRPC (OTLP specification, "OTLP/gRPC"; "gRPC over HTTP2"), whose calls are unary and whose messages go through as they are: decoding is another thread's work. */
export function createGrpcService(context: PortContext): GrpcService {
  const sessions = new Set<ServerHttp2Session>();
  const server = http2.createServer({ settings: { initialWindowSize: streamWindowBytes, maxConcurrentStreams } });
  server.on('session', (session) => {
    session.setLocalWindowSize(connectionWindowBytes);
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => serveStream(stream, headers, context));
  return {
    serve(socket) {
      // Node's HTTP server, which has accepted the socket, lets clients end their half of it early; HTTP/2 has no such thing and would wait for ever.
      socket.allowHalfOpen = false;
      server.emit('connection', socket);
    },
    async shutDown() {
      await Promise.all([...sessions].map((session) => new Promise<void>((resolve) => session.once('close', resolve).close())));
    },
  };
}

function serveStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, context: PortContext): void {
  // Whatever breaks a stream is its client's doing, and the stream's end is all that follows.
  stream.on('error', () => stream.destroy());
  const route = isGrpc(headers) ? routeOfCall(headers, context.token) : { kind: 'refused' as const, failure: notGrpc(headers) };
  if (route.kind === 'export') {
    answerCall(stream, headers, route, context).catch((error: unknown) => stream.destroy(error instanceof Error ? error : undefined));
    return;
  }
  if (isGrpc(headers)) refuseCall(stream, route.failure);
  else refuseOther(stream, headers, route.failure);
  if (route.failure.mistake !== undefined) context.report(route.failure.mistake, headers['user-agent'] ?? '');
}
