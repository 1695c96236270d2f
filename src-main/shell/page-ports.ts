import type { MessagePort } from 'node:worker_threads';
import { ipcMain } from 'electron';
import { isOwnPage } from './app-origin.ts';
import { connectChannel } from './channels.ts';
import { relayPorts } from './port-relay.ts';

/** A page holds one line to the engine, and for a moment a second one while it reconnects. */
const mostLines = 8;

/** Joins each port that the page sends to a fresh line to the engine. Any other frame's ports are closed unused, and so is anything that is not one port. */
export function servePagePorts(connect: () => MessagePort): void {
  let lines = 0;
  ipcMain.on(connectChannel, ({ senderFrame, ports }) => {
    const [page, ...excess] = ports;
    if (page === undefined) return;
    if (excess.length > 0 || lines >= mostLines || !isOwnPage(senderFrame)) {
      for (const port of ports) port.close();
      return;
    }
    lines++;
    const engine = connect();
    engine.on('close', () => lines--);
    relayPorts(page, engine);
  });
}
