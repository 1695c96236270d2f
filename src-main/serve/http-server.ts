import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Engine } from '#main/engine/interface';
import { closeServer, listenOnLoopback } from '#main/base/listen-on-loopback';
import { answer, answerError, answerText, setSecurityHeaders } from './answer.ts';
import { createApi, type RequestHandler } from './api.ts';
import { exportSearch } from './export-search.ts';
import { decide, type Decision } from './guard.ts';
import type { Report } from './report.ts';
import type { BridgeRouter } from './router.ts';
import { RpcSockets } from './rpc-sockets.ts';
import { signInPage } from './sign-in-page.ts';
import { createStaticUi } from './static-ui.ts';

export interface UiServerOptions {
  router: BridgeRouter;
  /** Of which exports are written as they are read. */
  engine: Pick<Engine, 'ask'>;
  /** Lets in whoever knows it. */
  token: string;
  /** 0: any free port. */
  port: number;
  /** The built UI. */
  uiDirectory: string;
  report: Report;
}

export interface UiServer {
  port: number;
  /** Takes no new request, ends the streams, lets short answers finish. */
  stop(): Promise<void>;
}

const limits = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 75_000 };
const maxConnections = 256;
const drainMs = 1_000;

/** The UI, its `/rpc` socket and `/api`, on one port of every loopback address. Rejects with `PortTakenError`. */
export async function startUiServer(options: UiServerOptions): Promise<UiServer> {
  const server = new LoopbackServer(options);
  await server.start(options.port);
  return server;
}

class LoopbackServer implements UiServer {
  port = 0;
  readonly #token: string;
  readonly #report: Report;
  readonly #api: RequestHandler;
  readonly #ui: (request: IncomingMessage, response: ServerResponse) => void;
  readonly #sockets: RpcSockets;
  #servers: Server[] = [];

  constructor({ router, engine, token, uiDirectory, report }: UiServerOptions) {
    this.#token = token;
    this.#report = report;
    this.#api = createApi(router, (request, response) => exportSearch(engine, request, response), report);
    this.#ui = createStaticUi(uiDirectory);
    this.#sockets = new RpcSockets(router, report);
  }

  async start(port: number): Promise<void> {
    ({ port: this.port, servers: this.#servers } = await listenOnLoopback(port, () => this.#createServer()));
  }

  async stop(): Promise<void> {
    this.#sockets.stop();
    const closing = Promise.all(this.#servers.map(closeServer));
    const cutOff = setTimeout(() => this.#servers.forEach((server) => server.closeAllConnections()), drainMs);
    await closing;
    clearTimeout(cutOff);
  }

  #createServer(): Server {
    const server = createServer(limits, (request, response) => {
      this.#answer(request, response).catch((error: unknown) => this.#fail(response, error));
    });
    server.maxConnections = maxConnections;
    return server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setSecurityHeaders(response);
    const decision = this.#decide(request);
    if (decision.kind === 'refuse') this.#refuse(request, response, decision);
    else if (decision.kind === 'sign-in')
      response.writeHead(303, { location: decision.location, 'set-cookie': decision.cookie, 'cache-control': 'no-store' }).end();
    else if (decision.area === 'api') await this.#api(request, response);
    else if (decision.area === 'rpc') answerError(response.setHeader('upgrade', 'websocket'), 426, 'This address speaks WebSocket.');
    else this.#ui(request, response);
  }

  #decide(request: IncomingMessage): Decision {
    const { method = '', url = '', headers, socket } = request;
    return decide({ method, target: url, remoteAddress: socket.remoteAddress, headers }, { token: this.#token, port: this.port });
  }

  #refuse(request: IncomingMessage, response: ServerResponse, { area, status, message }: Extract<Decision, { kind: 'refuse' }>): void {
    if (status === 401) response.setHeader('www-authenticate', 'Bearer realm="Sidelight"');
    if (area !== 'page') answerError(response, status, message);
    else if (status === 401 && (request.headers.accept ?? '').includes('text/html'))
      answer(response, status, 'text/html; charset=utf-8', signInPage(message, this.port));
    else answerText(response, status, message);
  }

  #fail(response: ServerResponse, error: unknown): void {
    this.#report(error);
    if (response.headersSent) response.destroy();
    else answerError(response, 500, 'Sidelight failed to answer this.');
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // The other side may vanish while we refuse it.
    socket.on('error', () => socket.destroy());
    const decision = this.#decide(request);
    if (decision.kind === 'allow' && decision.area === 'rpc') this.#sockets.accept(request, socket, head);
    else refuseUpgrade(socket, decision.kind === 'refuse' ? decision.status : 404);
  }
}

const reasonPhrases = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' };

function refuseUpgrade(socket: Duplex, status: keyof typeof reasonPhrases): void {
  socket.end(`HTTP/1.1 ${status} ${reasonPhrases[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
