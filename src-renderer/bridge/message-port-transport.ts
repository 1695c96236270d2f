import { RPCLink } from '@orpc/client/message-port';
import type { EditorId } from '#proto/model/editors';
import type { SourcePlace } from '#proto/model/source-place';
import { linkPlugins, type Line, type Transport } from './transport.ts';

/** What the desktop's preload exposes to the page, as `window.sidelight`. */
export interface DesktopBridge {
  /** Makes the preload post `{ type: 'sidelight:port' }` with one fresh MessagePort to the engine to this window. */
  connect(): void;
  /** Asks the shell to open a source file. It does what is plainly that, and nothing else (`src-main/shell/source-address.ts`). */
  openSource(editor: EditorId, place: SourcePlace): void;
}

/** The line of the desktop window: straight to the engine's thread. */
export function messagePortTransport(desktop: DesktopBridge): Transport {
  return {
    async open(signal) {
      const arriving = nextPort(signal);
      desktop.connect();
      return lineOver(await arriving);
    },
  };
}

function lineOver(port: MessagePort): Line {
  let open = true;
  const markClosed = () => {
    open = false;
  };
  port.addEventListener('close', markClosed);
  const link = new RPCLink({ port, plugins: linkPlugins });
  port.start();
  return {
    link,
    isOpen: () => open,
    close() {
      if (!open) return;
      port.close();
      // The side that closes a port is told nothing by the browser.
      port.dispatchEvent(new Event('close'));
    },
  };
}

/** Takes a port only from this very window: frames and openers may post messages too. */
function nextPort(signal: AbortSignal): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const onMessage = (event: MessageEvent<unknown>) => {
      const [port] = event.ports;
      if (event.source !== window || port === undefined || !isPortMessage(event.data)) return;
      window.removeEventListener('message', onMessage);
      resolve(port);
    };
    window.addEventListener('message', onMessage);
    signal.addEventListener(
      'abort',
      () => {
        window.removeEventListener('message', onMessage);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}

function isPortMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'sidelight:port';
}
