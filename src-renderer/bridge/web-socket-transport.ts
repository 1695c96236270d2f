import { RPCLink } from '@orpc/client/websocket';
import { linkPlugins, UnauthorisedError, type Line, type Transport } from './transport.ts';

export interface WebSocketTransportOptions {
  openSocket: () => WebSocket;
  /** The HTTP status of a cheap guarded request. A page is not told why its WebSocket was refused, so this asks. */
  probe: (signal: AbortSignal) => Promise<number>;
}

/** The line of a browser tab, guarded by the cookie that the printed address set. */
export function webSocketTransport({ openSocket, probe }: WebSocketTransportOptions): Transport {
  return {
    async open(signal) {
      const socket = openSocket();
      socket.binaryType = 'arraybuffer';
      if (!(await settled(socket, signal))) {
        const status = await probe(signal);
        if (status === 401 || status === 403) throw new UnauthorisedError();
        throw new Error('The WebSocket was closed before it opened.');
      }
      return lineOver(socket);
    },
  };
}

function lineOver(websocket: WebSocket): Line {
  return {
    link: new RPCLink({ websocket, plugins: linkPlugins }),
    isOpen: () => websocket.readyState === WebSocket.OPEN,
    close: () => websocket.close(),
  };
}

/** Whether the socket opened; one that is given up on is closed. */
function settled(socket: WebSocket, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const giveUp = () => socket.close();
    const settle = () => {
      signal.removeEventListener('abort', giveUp);
      resolve(socket.readyState === WebSocket.OPEN);
    };
    socket.addEventListener('open', settle, { once: true });
    socket.addEventListener('close', settle, { once: true });
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
  });
}
