import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';

/** gRPC paths of OTLP. */
export const exportPaths = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
} as const;

export type Signal = keyof typeof exportPaths;

export const asIs = (bytes: Buffer): Buffer => bytes;
export const unlimited = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** A stock grpc-js server that hands each export to `take`, answers it as accepted as a whole, and writes its address on stdout. Ends with SIGTERM. */
export function serveExports(take: (signal: Signal, payload: Buffer) => void): void {
  const server = new Server(unlimited);
  for (const signal of ['traces', 'logs'] as const) {
    const method = {
      path: exportPaths[signal],
      requestStream: false,
      responseStream: false,
      requestSerialize: asIs,
      requestDeserialize: asIs,
    };
    server.addService(
      { Export: { ...method, responseSerialize: asIs, responseDeserialize: asIs } },
      {
        Export: ({ request }: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) => {
          take(signal, request);
          answer(null, Buffer.alloc(0));
        },
      },
    );
  }
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    console.log(JSON.stringify({ grpcUrl: `http://127.0.0.1:${port}` }));
  });
  process.once('SIGTERM', () => server.forceShutdown());
}
