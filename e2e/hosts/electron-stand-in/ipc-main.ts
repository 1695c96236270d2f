import { EventEmitter } from 'node:events';
import type { Frame } from '@playwright/test';
import { fromChromium } from './address.ts';
import type { IpcMessage } from './page-line.ts';

export const ipcMain = new EventEmitter();

export function emitIpc({ channel, message, ports, frame }: IpcMessage): void {
  ipcMain.emit(channel, { senderFrame: webFrame(frame), ports }, message);
}

/** What the shell looks at of a `WebFrameMain`. */
function webFrame(frame: Frame): object {
  const address = new URL(frame.url());
  return { origin: fromChromium(address.origin), url: fromChromium(address.href), parent: frame.parentFrame() };
}
