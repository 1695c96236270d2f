import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { unavailable } from './failure.ts';
import { answerHttp } from './http-exchange.ts';
import { sendFailure } from './http-response.ts';
import { encodingOf } from './http-route.ts';
import type { Receiver, ReceiverOptions } from './interface.ts';
import { maxConnections, requestTimeoutMs } from './limits.ts';
import { closeServer, listenOnLoopback } from '#main/base/listen-on-loopback';

/** Longer than any exporter's interval: Node's default of 5 s is exactly the SDKs', so that sockets closed just as the next batch was sent on them. */
const keepAliveTimeout = 75_000;

/** OTLP/HTTP (OTLP specification, "OTLP/HTTP"). Rejects with `PortTakenError`. */
export async function startHttpReceiver(options: ReceiverOptions): Promise<Receiver> {
  const underWay = new Set<ServerResponse>();
  let stopping = false;
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (stopping) {
      response.setHeader('Connection', 'close');
      sendFailure(request, response, encodingOf(request.headers['content-type']), unavailable('Sidelight is shutting down.'));
      return;
    }
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
    answerHttp(request, response, options).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  };
  const { port, servers } = await listenOnLoopback(options.port, () => createHttpServer(handle));
  const stop = async (drainMs: number): Promise<void> => {
    stopping = true;
    // Node closes only the idle connections; the others end with the answer that they wait for.
    for (const response of underWay) if (!response.headersSent) response.setHeader('Connection', 'close');
    const closed = servers.map((server) => closeServer(server));
    const deadline = setTimeout(() => servers.forEach((server) => server.closeAllConnections()), drainMs);
    await Promise.all(closed);
    clearTimeout(deadline);
  };
  return { port, stop };
}

function createHttpServer(handle: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const server = createServer(
    { keepAliveTimeout, headersTimeout: requestTimeoutMs, requestTimeout: requestTimeoutMs, noDelay: true },
    handle,
  );
  server.maxConnections = maxConnections;
  return server;
}
