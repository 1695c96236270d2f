import http2, { type Http2Server, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { type Server, ServerCredentials } from '@grpc/grpc-js';
import type { Socket } from 'node:net';
import { reserve } from './byte-budget.ts';
import { overBudget } from './failure.ts';
import { grpcTrailers } from './grpc-status.ts';
import type { ByteBudget } from './interface.ts';

/** With HTTP/2's default of 64 KiB, a client waits for us several times in each large export. */
const streamWindowBytes = 1024 * 1024;
const connectionWindowBytes = 8 * 1024 * 1024;
const maxConcurrentStreams = 100;

/** Where a call finds how its message was compressed: grpc-js hides `grpc-encoding` from handlers. */
export const encodingHeader = 'sidelight-message-encoding';
const ownDecompression = new Set(['gzip', 'deflate']);

/**
 * Lets `server` speak on sockets that we have accepted. grpc-js makes its HTTP/2 server itself and has no option for the flow-control windows, the byte budget or the
 * upload deadline; so `node:http2`'s factory is wrapped for the one synchronous call in which grpc-js uses it.
 */
export function createConnectionInjector(server: Server, budget: ByteBudget, uploadTimeoutMs: number): (socket: Socket) => void {
  const { createServer } = http2;
  const createTunedServer = (grpcOptions: http2.ServerOptions): Http2Server => {
    const http2Server = createServer({ ...grpcOptions, settings: { initialWindowSize: streamWindowBytes, maxConcurrentStreams } });
    http2Server.on('session', (session: ServerHttp2Session) => session.setLocalWindowSize(connectionWindowBytes));
    http2Server.on('stream', (stream, headers) => {
      takeOverDecompression(headers);
      watchUpload(stream, budget, uploadTimeoutMs);
    });
    return http2Server;
  };
  Object.assign(http2, { createServer: createTunedServer });
  try {
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
    return (socket) => injector.injectConnection(socket);
  } finally {
    Object.assign(http2, { createServer });
  }
}

/** grpc-js would decompress up to the size limit for each call, with no limit for all of them, and answer INTERNAL where the data is the client's fault. */
function takeOverDecompression(headers: IncomingHttpHeaders): void {
  delete headers[encodingHeader];
  const encoding = headers['grpc-encoding'];
  if (typeof encoding !== 'string' || !ownDecompression.has(encoding)) return;
  headers[encodingHeader] = encoding;
  delete headers['grpc-encoding'];
}

/** Counts a call's bytes while grpc-js collects them. From the end of the upload on, the handler counts the payload. */
function watchUpload(stream: ServerHttp2Stream, budget: ByteBudget, uploadTimeoutMs: number): void {
  const reservation = reserve(budget);
  const timer = setTimeout(() => stream.close(http2.constants.NGHTTP2_CANCEL), uploadTimeoutMs);
  const done = (): void => {
    clearTimeout(timer);
    reservation.release();
  };
  stream.once('end', done).once('close', done);
  stream.on('data', (chunk: Buffer) => {
    // What comes after an early answer is thrown away.
    if (stream.headersSent) reservation.release();
    else if (!stream.closed && !reservation.take(chunk.length)) refuse(stream);
  });
}

function refuse(stream: ServerHttp2Stream): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...grpcTrailers(overBudget()) }, { endStream: true });
  stream.close(http2.constants.NGHTTP2_NO_ERROR);
}
