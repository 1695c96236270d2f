import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Report } from './report.ts';
import type { BridgeRouter } from './router.ts';
import { createRpcHandler, openRpcLine, type RpcHandler } from './rpc-line.ts';

const maxRequestBytes = 1024 * 1024;
/** Answers that a page has not read yet. Over it the page is stuck, and its socket is ended rather than kept in memory. */
const maxBacklogBytes = 64 * 1024 * 1024;
const heartbeatMs = 30_000;

/** WebSocket close codes (RFC 6455, 7.4.1). */
const goingAway = 1001;
const policyViolation = 1008;

/** The contract over WebSockets, for browser tabs. The guard has let the upgrade through. */
export class RpcSockets {
  readonly #handler: RpcHandler;
  readonly #report: Report;
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: maxRequestBytes, perMessageDeflate: false });
  readonly #answered = new WeakSet<WebSocket>();
  readonly #heartbeat = setInterval(() => this.#endSilentSockets(), heartbeatMs);

  constructor(router: BridgeRouter, report: Report) {
    this.#handler = createRpcHandler(router, report);
    this.#report = report;
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
    const carrier = { send: sendBounded.bind(undefined, socket), close: () => socket.close(policyViolation) };
    const line = openRpcLine(this.#handler, carrier, this.#report);
    socket.on('message', (data, isBinary) => line.receive(asMessage(data, isBinary)));
    socket.on('close', () => line.closed());
  }

  #endSilentSockets(): void {
    for (const socket of this.#server.clients) {
      if (!this.#answered.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }
}

function sendBounded(socket: WebSocket, message: Parameters<WebSocket['send']>[0]): void {
  if (socket.bufferedAmount > maxBacklogBytes) socket.terminate();
  else socket.send(message);
}

/** With the default `binaryType` ws gives one Buffer, for text as well. */
function asMessage(data: RawData, isBinary: boolean): string | Uint8Array {
  if (!Buffer.isBuffer(data)) throw new TypeError('ws gave something else than a Buffer.');
  return isBinary ? data : data.toString('utf8');
}
