import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { buffer, text } from 'node:stream/consumers';

export const grpcPath = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
} as const;

export const protobuf = { 'content-type': 'application/x-protobuf' };
export const json = { 'content-type': 'application/json' };

export interface HttpAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

export interface HttpQuestion {
  path?: string;
  method?: string;
  headers?: http.OutgoingHttpHeaders;
  body?: Uint8Array | string;
  /** Sent one by one instead of `body`, with `Transfer-Encoding: chunked`. */
  chunks?: readonly Uint8Array[];
  agent?: http.Agent;
  host?: string;
}

/** Through `node:http`'s client, which leaves every header to the test. */
export async function send(port: number, question: HttpQuestion): Promise<HttpAnswer> {
  const { path = '/v1/traces', method = 'POST', headers = {}, body = '', chunks, agent, host = '127.0.0.1' } = question;
  const lengths = chunks === undefined && method !== 'GET' ? { 'content-length': Buffer.byteLength(body) } : {};
  const request = http.request({ host, port, path, method, headers: { ...lengths, ...headers }, agent: agent ?? new http.Agent() });
  const answered = once(request, 'response');
  // A body that is refused halfway may break the pipe after the answer.
  request.on('error', () => request.destroy());
  for (const chunk of chunks ?? []) request.write(chunk);
  request.end(chunks === undefined ? body : undefined);
  const response: http.IncomingMessage = (await answered)[0];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await buffer(response) };
}

/** Whatever bytes, and all that comes back until the other side closes. */
export async function sendRaw(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  socket.write(bytes);
  return text(socket);
}

export interface GrpcAnswer {
  httpStatus: number;
  status: number;
  message: string;
  details: Buffer | undefined;
  frames: Buffer;
}

/** A message in gRPC's framing: a flag for compression, the length, the bytes. */
export function frame(message: Uint8Array, { compressed = false, length = message.length } = {}): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(compressed ? 1 : 0, 0);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
}

/** A gRPC call made of plain HTTP/2, so that anything can be sent. */
export async function callRaw(
  port: number,
  path: string,
  frames: Uint8Array,
  headers: http2.OutgoingHttpHeaders = {},
): Promise<GrpcAnswer> {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  session.on('error', () => session.destroy());
  try {
    return await callOn(session, path, frames, headers);
  } finally {
    session.destroy();
  }
}

export async function callOn(
  session: http2.ClientHttp2Session,
  path: string,
  frames: Uint8Array,
  headers: http2.OutgoingHttpHeaders = {},
): Promise<GrpcAnswer> {
  const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers', ...headers });
  const answer: http2.IncomingHttpHeaders = {};
  stream.on('response', (head) => Object.assign(answer, head)).on('trailers', (trailers) => Object.assign(answer, trailers));
  stream.end(frames);
  const body = await buffer(stream);
  const details = answer['grpc-status-details-bin'];
  return {
    httpStatus: Number(answer[':status']),
    status: Number(answer['grpc-status']),
    message: decodeURI(String(answer['grpc-message'] ?? '')),
    details: details === undefined ? undefined : Buffer.from(String(details), 'base64'),
    frames: body,
  };
}
