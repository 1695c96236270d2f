/* oxlint-disable unicorn/consistent-function-scoping -- the whole function is sent to the page, so everything that it needs is inside */
import type { FromPage, PortData, ToPage } from './page-protocol.ts';

type CommonJsModule = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void;

/**
 * Runs in the page before any of its scripts, as text: it may use nothing from outside its own body. Runs the built preload with the two modules of Electron
 * that a sandboxed preload of ours may require.
 */
export function pageShim(preload: CommonJsModule, bindingName: string, receiverName: string): void {
  if (window !== window.top) return;
  const global = window as unknown as Record<string, unknown>;
  const send = global[bindingName] as (message: FromPage) => Promise<void>;
  delete global[bindingName];
  const ports = new Map<number, MessagePort>();
  /** The page's ends of `ports`, and the ids of those that are on their way to it. */
  const pageEnds = new Map<number, MessagePort>();
  const awaitedByPage: number[] = [];
  const listeners = new Map<string, (event: object, ...args: unknown[]) => void>();
  let nextPortId = 0;

  const unknown = (name: string): Error => new Error(`The stand-in does not know ${name} in a preload.`);
  const only = <Target extends object>(name: string, target: Target): Target =>
    new Proxy(target, {
      get(object, property) {
        if (!(property in object)) throw unknown(`${name}.${String(property)}`);
        return Reflect.get(object, property) as unknown;
      },
    });

  const encode = (data: unknown): PortData => {
    if (typeof data === 'string') return data;
    if (data instanceof Uint8Array) return { base64: btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join('')) };
    throw unknown(`messages of type ${Object.prototype.toString.call(data)}`);
  };
  const decode = (data: PortData): unknown =>
    typeof data === 'string' ? data : Uint8Array.from(atob(data.base64), (character) => character.charCodeAt(0));

  const adopt = (port: MessagePort): number => {
    const portId = nextPortId++;
    ports.set(portId, port);
    port.addEventListener('message', (event) => void send({ kind: 'port-message', portId, data: encode(event.data) }));
    port.start();
    awaitedByPage.push(portId);
    return portId;
  };

  // Electron tells a port that its other end was closed, and Chromium alone does not. The preload hands the page the other ends of the ports that it posts, in order.
  window.addEventListener('message', ({ source, ports: [port] }) => {
    const portId = source === window && port !== undefined ? awaitedByPage.shift() : undefined;
    if (port === undefined || portId === undefined) return;
    pageEnds.set(portId, port);
    port.close = () => {
      MessagePort.prototype.close.call(port);
      if (pageEnds.delete(portId)) void send({ kind: 'port-close', portId });
    };
  });
  const closePageEnd = (portId: number): void => {
    const port = pageEnds.get(portId);
    pageEnds.delete(portId);
    port?.close();
    port?.dispatchEvent(new Event('close'));
  };

  const receive = (messages: ToPage[]): void => {
    for (const message of messages) {
      if (message.kind === 'ipc') listeners.get(message.channel)?.({}, ...message.args);
      else if (message.kind === 'port-message') ports.get(message.portId)?.postMessage(decode(message.data));
      else closePageEnd(message.portId);
    }
  };
  Object.defineProperty(window, receiverName, { value: receive });

  const electron = only('electron', {
    contextBridge: only('contextBridge', {
      exposeInMainWorld: (name: string, api: Record<string, (...args: unknown[]) => unknown>) => {
        const copy = Object.fromEntries(Object.entries(api).map(([key, method]) => [key, (...args: unknown[]) => method(...args)]));
        Object.defineProperty(window, name, { value: Object.freeze(copy), enumerable: true });
      },
    }),
    ipcRenderer: only('ipcRenderer', {
      postMessage: (channel: string, message: unknown, transfer: MessagePort[] = []) =>
        void send({ kind: 'ipc', channel, message, portIds: transfer.map(adopt) }),
      on: (channel: string, listener: (event: object, ...args: unknown[]) => void) => void listeners.set(channel, listener),
    }),
  });

  void send({ kind: 'document' });
  const requireOnly = (name: string): unknown => {
    if (name !== 'electron') throw unknown(`require('${name}')`);
    return electron;
  };
  const module = { exports: {} };
  preload(requireOnly, module, module.exports);
}
