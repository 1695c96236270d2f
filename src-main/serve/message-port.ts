import type { MessagePort } from 'node:worker_threads';
import type { Report } from './report.ts';
import type { BridgeRouter } from './router.ts';
import { createRpcHandler, openRpcLine } from './rpc-line.ts';

/**
 * The contract over a MessagePort, for the desktop's window. What comes through it is as foreign as what comes through a socket: a message that is no request closes
 * the port. Calls and subscriptions end with the port.
 */
export function serveMessagePort(router: BridgeRouter, port: MessagePort, report: Report): void {
  const carrier = { send: (message: unknown) => port.postMessage(message), close: () => port.close() };
  const line = openRpcLine(createRpcHandler(router, report), carrier, report);
  port.on('message', (message: unknown) => {
    if (typeof message === 'string' || message instanceof Uint8Array) line.receive(message);
    else port.close();
  });
  port.on('messageerror', () => port.close());
  port.on('close', () => line.closed());
}
