import type { MessagePort } from 'node:worker_threads';
import type { MessagePortMain } from 'electron';

/**
 * Joins the page's port to the engine's. Electron's ports can't be handed to a worker thread, so this passes messages on unread. Either end that closes closes the
 * other.
 */
export function relayPorts(page: MessagePortMain, engine: MessagePort): void {
  page.on('message', ({ data }) => engine.postMessage(data));
  engine.on('message', (data) => page.postMessage(data));
  page.on('close', () => engine.close());
  engine.on('close', () => page.close());
  page.start();
}
