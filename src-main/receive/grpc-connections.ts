import http2, { type Http2Server, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { type Server, ServerCredentials, status as grpcCode } from '@grpc/grpc-js';
import type { Socket } from 'node:net';
import { reserve } from './byte-budget.ts';
import { supportedEncodings } from './decompressors.ts';
import { overBudget, tooLarge } from './failure.ts';
import { isGrpc, notGrpc, refusalOfCall } from './grpc-route.ts';
import { refuseCall, refuseOther, statusSent } from './grpc-status.ts';
import { requestTimeoutMs } from './limits.ts';
import type { PortContext } from './port-context.ts';
import { takeListeners } from './take-listeners.ts';

/** With HTTP/2's default of 64 KiB, a client waits for us several times in each large export. */
const streamWindowBytes = 1024 * 1024;
const connectionWindowBytes = 8 * 1024 * 1024;
const maxConcurrentStreams = 100;

/** Where a call finds how its message was compressed: grpc-js hides `grpc-encoding` from handlers. */
export const encodingHeader = 'sidelight-message-encoding';

/** Lets `server` speak on sockets that we have accepted, after a look of ours at each call's head and at what it sends. */
export function createConnectionInjector(server: Server, context: PortContext): (socket: Socket) => void {
  const { http2Server, inject } = createHttp2Server(server);
  http2Server.on('session', (session: ServerHttp2Session) => session.setLocalWindowSize(connectionWindowBytes));
  const serve = takeListeners(http2Server, 'stream');
  http2Server.on('stream', (stream, headers, ...rest) => {
    const failure = isGrpc(headers) ? refusalOfCall(headers, context.token) : notGrpc(headers);
    const userAgent = headers['user-agent'] ?? '';
    if (failure !== undefined) {
      if (isGrpc(headers)) refuseCall(stream, failure);
      else refuseOther(stream, headers, failure);
      if (failure.mistake !== undefined) context.report(failure.mistake, userAgent);
      return;
    }
    takeOverDecompression(headers);
    watchUpload(stream, context);
    watchAnswer(stream, userAgent, context);
    serve(stream, headers, ...rest);
  });
  return inject;
}

/**
 * grpc-js makes its HTTP/2 server itself and has no option for the flow-control windows, nor does it give the server away; so `node:http2`'s factory is wrapped for the
 * one synchronous call in which grpc-js uses it.
 */
function createHttp2Server(server: Server): { http2Server: Http2Server; inject: (socket: Socket) => void } {
  const { createServer } = http2;
  const made: Http2Server[] = [];
  const createTunedServer = (grpcOptions: http2.ServerOptions): Http2Server => {
    const http2Server = createServer({ ...grpcOptions, settings: { initialWindowSize: streamWindowBytes, maxConcurrentStreams } });
    made.push(http2Server);
    return http2Server;
  };
  Object.assign(http2, { createServer: createTunedServer });
  try {
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
    const [http2Server] = made;
    if (http2Server === undefined) throw new Error('This version of grpc-js makes its HTTP/2 server in another way.');
    return { http2Server, inject: (socket) => injector.injectConnection(socket) };
  } finally {
    Object.assign(http2, { createServer });
  }
}

/** grpc-js would decompress up to the size limit for each call, with no limit for all of them, and answer INTERNAL where the data is the client's fault. */
function takeOverDecompression(headers: IncomingHttpHeaders): void {
  delete headers[encodingHeader];
  const encoding = headers['grpc-encoding'];
  if (typeof encoding !== 'string' || !supportedEncodings.includes(encoding)) return;
  headers[encodingHeader] = encoding;
  delete headers['grpc-encoding'];
}

/** Counts a call's bytes while grpc-js collects them. From the end of the upload on, the handler counts the payload. */
function watchUpload(stream: ServerHttp2Stream, { budget }: PortContext): void {
  const reservation = reserve(budget);
  const timer = setTimeout(() => stream.close(http2.constants.NGHTTP2_CANCEL), requestTimeoutMs);
  const done = (): void => {
    clearTimeout(timer);
    reservation.release();
  };
  stream.once('end', done).once('close', done);
  stream.on('data', (chunk: Buffer) => {
    // What comes after an early answer is thrown away.
    if (stream.headersSent) reservation.release();
    else if (!stream.closed && !reservation.take(chunk.length)) {
      refuseCall(stream, overBudget());
      // For grpc-js, the call is cancelled.
      stream.close(http2.constants.NGHTTP2_NO_ERROR);
    }
  });
}

/** Two mistakes are answered inside grpc-js: a message that announces more than the limit, and no message or two. What was sent tells of them. */
function watchAnswer(stream: ServerHttp2Stream, userAgent: string, context: PortContext): void {
  stream.once('close', () => {
    const status = statusSent(stream);
    const { mistake } = tooLarge(context.maxPayloadBytes);
    if (status === grpcCode.RESOURCE_EXHAUSTED && mistake !== undefined) context.report(mistake, userAgent);
    if (status === grpcCode.UNIMPLEMENTED)
      context.report({ kind: 'not-otlp', detail: 'a gRPC call without exactly one message' }, userAgent);
  });
}
