import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { closeServer, listenOnLoopback } from '#main/base/listen-on-loopback';
import { badData } from './failure.ts';
import { type FirstBytes, maxFirstBytes } from './first-bytes.ts';
import { createGrpcService, type GrpcService } from './grpc-service.ts';
import { createHttpService, type HttpService } from './http-service.ts';
import type { Receiver, ReceiverOptions } from './interface.ts';
import { endWith, httpRefusal, tlsAlert } from './last-words.ts';
import { requestTimeoutMs } from './limits.ts';
import { peek } from './peek.ts';
import { createPortContext, type PortContext } from './port-context.ts';
import { takeListeners } from './take-listeners.ts';

/** OTLP on one port, in whichever of its protocols a client speaks: gRPC, HTTP with protobuf, HTTP with JSON. Rejects with `PortTakenError`. */
export async function startReceiver(options: ReceiverOptions): Promise<Receiver> {
  let { port } = options;
  const { beyondLoopback } = options;
  const servicesFor = (token?: string): Services => createServices(createPortContext(options, () => port, token));
  const onLoopback = servicesFor();
  const further =
    beyondLoopback === undefined ? [] : beyondLoopback.addresses.map((host) => ({ host, services: servicesFor(beyondLoopback.token) }));
  const all = [onLoopback, ...further.map(({ services }) => services)];
  const sockets = new Set<Socket>();
  const unrecognised = new Set<Socket>();

  const accept = (socket: Socket, serveHttp: (socket: Socket) => void, { grpc, context }: Services): void => {
    sockets.add(socket);
    unrecognised.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      unrecognised.delete(socket);
    });
    peek(socket, requestTimeoutMs, (protocol, head) => {
      unrecognised.delete(socket);
      if (protocol === 'http1') serveHttp(socket);
      else if (protocol === 'http2') grpc.serve(socket);
      else turnAway(socket, protocol, head, context);
    });
  };
  const createListener = (services: Services): Server => {
    const server = services.http.createListener();
    const serveHttp = takeListeners(server, 'connection');
    return server.on('connection', (socket) => accept(socket, serveHttp, services));
  };
  const listening = await listenOnLoopback(
    options.port,
    () => createListener(onLoopback),
    further.map(({ host, services }) => ({ host, createServer: () => createListener(services) })),
  );
  ({ port } = listening);

  const stop = async (drainMs: number): Promise<void> => {
    for (const { http } of all) http.drain();
    const closed = listening.servers.map((server) => closeServer(server));
    for (const socket of unrecognised) socket.destroy();
    const deadline = setTimeout(() => sockets.forEach((socket) => socket.destroy()), drainMs);
    await Promise.all([...all.map(({ grpc }) => grpc.shutDown()), ...closed]);
    clearTimeout(deadline);
  };
  return { port, stop };
}

/** What answers on an address: all protocols, with one idea of who may send there. */
interface Services {
  context: PortContext;
  http: HttpService;
  grpc: GrpcService;
}

function createServices(context: PortContext): Services {
  return { context, http: createHttpService(context), grpc: createGrpcService(context) };
}

function turnAway(socket: Socket, protocol: Exclude<FirstBytes, 'http1' | 'http2'>, head: Buffer, context: PortContext): void {
  if (protocol === 'tls') {
    endWith(socket, tlsAlert);
    context.report({ kind: 'tls-on-plain-port', detail: 'a TLS handshake' }, '');
  } else {
    endWith(socket, httpRefusal(badData('This port takes OTLP over gRPC and over HTTP/1.1, and these bytes are neither.')));
    context.report({ kind: 'not-otlp', detail: head.toString('latin1', 0, maxFirstBytes) }, '');
  }
}
