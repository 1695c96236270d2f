import { Client, credentials, Server, ServerCredentials } from '@grpc/grpc-js';

const path = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';
const asIs = (bytes: Buffer): Buffer => bytes;
const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** A grpc-js server that acknowledges everything and does nothing: what the transport alone costs. */
export async function startNoOpServer(): Promise<{ url: string; stop(): void }> {
  const server = new Server(unlimited);
  const method = { path, requestStream: false, responseStream: false, requestSerialize: asIs, requestDeserialize: asIs };
  server.addService(
    { Export: { ...method, responseSerialize: asIs, responseDeserialize: asIs } },
    { Export: (_call: unknown, done: (error: null, response: Buffer) => void) => done(null, Buffer.alloc(0)) },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  return { url: `http://127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/** Sends each export once over `connections` connections, each waiting for its answer before it goes on. Resolves with the seconds that took. */
export async function sendAll(url: string, exports: readonly Buffer[], connections: number): Promise<number> {
  const queue = exports.values();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      // Channels with equal arguments share a connection unless each is told to have its own.
      const client = new Client(new URL(url).host, credentials.createInsecure(), { ...unlimited, 'grpc.use_local_subchannel_pool': 1 });
      for (const payload of queue) await send(client, payload);
      client.close();
    }),
  );
  return (performance.now() - started) / 1000;
}

function send(client: Client, payload: Buffer): Promise<void> {
  return new Promise((resolve, reject) =>
    client.makeUnaryRequest(path, asIs, asIs, payload, (error) => (error ? reject(error) : resolve())),
  );
}
