// oxlint-disable-next-line import/no-unassigned-import -- it sets what the schemas below are made with
import './jitless.ts';
import { keepConnected, type EngineConnection } from './connection.ts';
import { messagePortTransport, type DesktopBridge } from './message-port-transport.ts';
import { webSocketTransport } from './web-socket-transport.ts';

declare global {
  interface Window {
    readonly sidelight?: DesktopBridge;
  }
}

/** The desktop window is told by its preload; any other page is a browser tab that the engine itself served. */
export function connect(): EngineConnection {
  if (window.sidelight !== undefined) return keepConnected(messagePortTransport(window.sidelight));
  return keepConnected(
    webSocketTransport({
      openSocket: () => new WebSocket(new URL('/rpc', location.href.replace(/^http/, 'ws'))),
      probe: async (signal) => (await fetch('/api/status', { signal })).status,
    }),
  );
}
