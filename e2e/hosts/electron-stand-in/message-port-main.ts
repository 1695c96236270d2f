import { EventEmitter } from 'node:events';

/** What the page's end of a port is told. */
export interface PageEnd {
  post(data: unknown): void;
  close(): void;
}

/** The main process's end of a port whose other end is in the page. Messages wait until `start`, as Electron documents. */
export class MessagePortMain extends EventEmitter {
  readonly #page: PageEnd;
  #waiting: unknown[] | undefined = [];
  #closed = false;

  constructor(page: PageEnd) {
    super();
    this.#page = page;
  }

  postMessage(data: unknown): void {
    if (!this.#closed) this.#page.post(data);
  }

  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const data of waiting) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (this.#closed) return;
    this.#page.close();
    this.pageClosed();
  }

  /** From the page. */
  pageSent(data: unknown): void {
    if (this.#waiting !== undefined) this.#waiting.push(data);
    else this.emit('message', { data, ports: [] });
  }

  /** The page closed its end, or is gone. */
  pageClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.emit('close');
  }
}
