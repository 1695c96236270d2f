import { readFileSync } from 'node:fs';
import type { Frame, Page } from '@playwright/test';
import { MessagePortMain } from './message-port-main.ts';
import { bindingName, receiverName, type FromPage, type PortData, type ToPage } from './page-protocol.ts';
import { pageShim } from './page-shim.ts';

export interface IpcMessage {
  channel: string;
  message: unknown;
  ports: MessagePortMain[];
  frame: Frame;
}

/** Everything that passes between a page and the process: the preload's ipc, and the messages of its ports, in order. */
export class PageLine {
  readonly #page: Page;
  readonly #ports = new Map<number, MessagePortMain>();
  #outbox: ToPage[] = [];
  #sending = false;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async open(page: Page, preload: string, onIpc: (message: IpcMessage) => void): Promise<PageLine> {
    const line = new PageLine(page);
    await page.exposeBinding(bindingName, ({ frame }, message: FromPage) => line.#receive(message, frame, onIpc));
    const commonJs = `function (require, module, exports) {${readFileSync(preload, 'utf8')}\n}`;
    await page.addInitScript({ content: `(${pageShim.toString()})(${commonJs}, '${bindingName}', '${receiverName}')` });
    return line;
  }

  send(channel: string, args: unknown[]): void {
    this.#post({ kind: 'ipc', channel, args });
  }

  /** The document is gone, and its ends of the ports with it. */
  closePorts(): void {
    const ports = [...this.#ports.values()];
    this.#ports.clear();
    for (const port of ports) port.pageClosed();
  }

  #receive(message: FromPage, frame: Frame, onIpc: (message: IpcMessage) => void): void {
    if (message.kind === 'document') this.closePorts();
    else if (message.kind === 'ipc')
      onIpc({ channel: message.channel, message: message.message, ports: message.portIds.map((id) => this.#adopt(id)), frame });
    else if (message.kind === 'port-message') this.#ports.get(message.portId)?.pageSent(decode(message.data));
    else this.#ports.get(message.portId)?.pageClosed();
  }

  #adopt(portId: number): MessagePortMain {
    const port = new MessagePortMain({
      post: (data) => this.#post({ kind: 'port-message', portId, data: encode(data) }),
      close: () => this.#post({ kind: 'port-close', portId }),
    });
    port.once('close', () => this.#ports.delete(portId));
    this.#ports.set(portId, port);
    return port;
  }

  #post(message: ToPage): void {
    this.#outbox.push(message);
    if (!this.#sending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    while (this.#outbox.length > 0) {
      const batch = this.#outbox;
      this.#outbox = [];
      // A page that has gone away takes no more messages, as in Electron.
      await this.#page.evaluate(deliverInPage, { name: receiverName, messages: batch }).catch(() => undefined);
    }
    this.#sending = false;
  }
}

/** Runs in the page. */
function deliverInPage({ name, messages }: { name: string; messages: ToPage[] }): void {
  (window as unknown as Record<string, (messages: ToPage[]) => void>)[name]?.(messages);
}

function encode(data: unknown): PortData {
  if (typeof data === 'string') return data;
  if (data instanceof Uint8Array) return { base64: Buffer.from(data).toString('base64') };
  throw new Error(`The stand-in does not know messages of type ${Object.prototype.toString.call(data)}.`);
}

function decode(data: PortData): unknown {
  return typeof data === 'string' ? data : new Uint8Array(Buffer.from(data.base64, 'base64'));
}
