import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Context } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { reporting, type Report } from './report.ts';
import type { BridgeRouter } from './router.ts';

const maxRequestBytes = 1024 * 1024;
/** Answers that a page has not read yet. Over it the page is stuck, and its socket is ended rather than kept in memory. */
const maxBacklogBytes = 64 * 1024 * 1024;
const heartbeatMs = 30_000;

/** WebSocket close code "going away". */
const goingAway = 1001;

/** The contract over WebSockets, for browser tabs. The guard has let the upgrade through. */
export class RpcSockets {
  readonly #handler: RPCHandler<Context>;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: maxRequestBytes, perMessageDeflate: false });
  readonly #answered = new WeakSet<WebSocket>();
  readonly #heartbeat = setInterval(() => this.#endSilentSockets(), heartbeatMs);

  constructor(router: BridgeRouter, report: Report) {
    this.#handler = new RPCHandler(router, { interceptors: [reporting(report)] });
    this.#heartbeat.unref();
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket));
  }

  stop(): void {
    clearInterval(this.#heartbeat);
    for (const socket of this.#server.clients) socket.close(goingAway, 'Sidelight is stopping.');
    this.#server.close();
  }

  #serve(socket: WebSocket): void {
    this.#answered.add(socket);
    socket.on('pong', () => this.#answered.add(socket));
    // A protocol error (too large, not UTF-8) closes the socket; that is all there is to do about it.
    socket.on('error', () => socket.terminate());
    void this.#handler.upgrade({
      addEventListener: socket.addEventListener.bind(socket),
      send: (data: Parameters<WebSocket['send']>[0]) => sendBounded(socket, data),
    });
  }

  #endSilentSockets(): void {
    for (const socket of this.#server.clients) {
      if (!this.#answered.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }
}

function sendBounded(socket: WebSocket, data: Parameters<WebSocket['send']>[0]): void {
  if (socket.bufferedAmount > maxBacklogBytes) socket.terminate();
  else socket.send(data);
}
