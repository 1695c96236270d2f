import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { unavailable } from './failure.ts';
import { answerHttp } from './http-exchange.ts';
import { sendFailure } from './http-response.ts';
import { encodingOf } from './http-route.ts';
import { endWith, httpRefusal } from './last-words.ts';
import { maxConnections, requestTimeoutMs } from './limits.ts';
import type { PortContext } from './port-context.ts';
import { type ParseError, unreadableRequest } from './unreadable-request.ts';

/** Longer than any exporter's interval: Node's default of 5 s is exactly the SDKs', so that sockets closed just as the next batch was sent on them. */
const keepAliveTimeout = 75_000;

export interface HttpService {
  /** A server for one address. It is the one that listens, because Node watches over slow requests only on servers that do. */
  createListener(): Server;
  /** From now on nothing new is taken; what is under way ends with its answer. */
  drain(): void;
}

/** OTLP/HTTP (OTLP specification, "OTLP/HTTP"). */
export function createHttpService(context: PortContext): HttpService {
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
    answerHttp(request, response, context).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  };
  const refuseUnreadable = (error: ParseError, socket: Socket): void => {
    // Each chunk that still comes is one more error.
    if (socket.writableEnded) return;
    const answering = [...underWay].some((response) => response.socket === socket && response.headersSent);
    if (!socket.writable || answering) {
      socket.destroy();
      return;
    }
    const failure = unreadableRequest(error);
    endWith(socket, httpRefusal(failure));
    if (failure.mistake !== undefined) context.report(failure.mistake, '');
  };
  return {
    createListener() {
      const timeouts = { keepAliveTimeout, headersTimeout: requestTimeoutMs, requestTimeout: requestTimeoutMs };
      const server = createServer({ ...timeouts, noDelay: true }, handle).on('clientError', refuseUnreadable);
      server.maxConnections = maxConnections;
      return server;
    },
    drain() {
      stopping = true;
      // Node closes only the idle connections; the others end with the answer that they wait for.
      for (const response of underWay) if (!response.headersSent) response.setHeader('Connection', 'close');
    },
  };
}
