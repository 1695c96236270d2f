import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { connectChannel, goChannel, openSourceChannel } from './channels.ts';

/** The two things of the page's runtime that this script touches; the other files of this folder run without a DOM. */
declare const window: { postMessage(message: unknown, targetOrigin: string, transfer?: readonly unknown[]): void };
declare const location: { readonly origin: string };

/**
 * Everything that the page gets from the desktop. `connect` asks for a fresh line to the engine, whose port then arrives as a message of this very window. `openSource` asks for a
 * source file to be opened; the shell believes none of its arguments. Ports can't pass through the context bridge, and `ipcRenderer` itself never should.
 */
contextBridge.exposeInMainWorld('sidelight', {
  connect() {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage(connectChannel, undefined, [port1]);
    window.postMessage({ type: 'sidelight:port' }, location.origin, [port2]);
  },
  openSource(editor: unknown, place: unknown) {
    ipcRenderer.postMessage(openSourceChannel, { editor, place });
  },
});

/** A menu item wants another view; the page's router takes it from here. */
ipcRenderer.on(goChannel, (_event: IpcRendererEvent, path: unknown) => {
  window.postMessage({ type: 'sidelight:go', path }, location.origin);
});
