import { connect, type ClientHttp2Session } from 'node:http2';
import { buffer } from 'node:stream/consumers';
import { selfTestService } from '#proto/bridge/doctor';

const method = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/** Sends one OTLP/gRPC call over a connection of its own. Rejects, in words, unless it is accepted. */
export async function exportOverGrpc(url: string, payload: Uint8Array, signal: AbortSignal): Promise<void> {
  const session = connect(url);
  const broken = Promise.withResolvers<never>();
  // Also for what comes after the answer: an error that nobody listens for would end the program.
  session.on('error', broken.reject);
  try {
    const status = await Promise.race([broken.promise, call(session, payload, signal)]);
    if (status !== '0') throw new Error(`The receiver answered with the gRPC status ${status === '' ? 'of no kind' : status}.`);
  } finally {
    session.destroy();
  }
}

/** The gRPC status: from the trailers, or from the head where the call has failed without a message. */
async function call(session: ClientHttp2Session, payload: Uint8Array, signal: AbortSignal): Promise<string> {
  const headers = { ':method': 'POST', ':path': method, 'content-type': 'application/grpc', te: 'trailers', 'user-agent': selfTestService };
  const stream = session.request(headers, { signal });
  let status = '';
  for (const part of ['response', 'trailers']) stream.on(part, (head) => (status = String(head['grpc-status'] ?? status)));
  stream.end(framed(payload));
  await buffer(stream);
  return status;
}

/** gRPC over HTTP/2, "Length-Prefixed-Message": not compressed, the length, the message. */
function framed(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}
