import type { MessagePort } from 'node:worker_threads';
import { RPCHandler } from '@orpc/server/message-port';
import { reporting, type Report } from './report.ts';
import type { BridgeRouter } from './router.ts';

/**
 * The contract over a MessagePort, for the desktop's window. What comes through it is as foreign as what comes through a socket: a message that is no request closes
 * the port. Subscriptions end with the port.
 */
export function serveMessagePort(router: BridgeRouter, port: MessagePort, report: Report): void {
  const handler = new RPCHandler(router, { interceptors: [reporting(report)] });
  const pass = async (listener: (message: unknown) => unknown, message: unknown) => {
    try {
      await listener(message);
    } catch (error) {
      report(error);
      port.close();
    }
  };
  handler.upgrade({
    onMessage: { addListener: (listener) => void port.on('message', (message) => void pass(listener, message)) },
    onDisconnect: { addListener: (listener) => void port.on('close', listener) },
    postMessage: (message: unknown) => port.postMessage(message),
  });
}
