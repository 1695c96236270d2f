import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { BrowserContext, Page, Request as BrowserRequest, Route } from '@playwright/test';
import { fromChromium, toChromium } from './address.ts';
import { cancellable } from './cancellable.ts';
import { emitIpc } from './ipc-main.ts';
import { unknownApi } from './loud.ts';
import { PageLine } from './page-line.ts';
import { fulfil } from './protocol.ts';
import { defaultSession } from './session.ts';

/** How long a popup may take to make its first request on a busy machine. */
const firstRequestMs = 2000;

type WindowOpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

/** One page of Chromium, with the handlers that the shell put on it. */
export class WebContents extends EventEmitter {
  readonly #preload: string;
  readonly #openPage: () => Promise<Page>;
  #page: Promise<Page>;
  /** What `#page` has resolved to. */
  #current: Page | undefined;
  #line: PageLine | undefined;
  #address = 'about:blank';
  /** Addresses that the handler was asked about a moment ago. */
  readonly #asked = new Set<string>();
  #windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
  /** A navigation that the shell itself asked for; Electron emits no `will-navigate` for it. */
  #expected: string | undefined;

  constructor(context: BrowserContext, preload: string, openPage: () => Promise<Page>) {
    super();
    this.#preload = preload;
    this.#openPage = openPage;
    this.#page = context.route('**/*', (route, request) => this.#route(route, request)).then(() => this.#prepare());
  }

  get page(): Promise<Page> {
    return this.#page;
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#line?.send(channel, args);
  }

  reload(): void {
    void this.load(this.#address);
  }

  async load(address: string): Promise<void> {
    this.#expected = toChromium(address);
    const page = await this.#page;
    await page.goto(this.#expected);
  }

  /** The page is gone, and its ends of the ports with it. */
  dropPorts(): void {
    this.#line?.closePorts();
  }

  async closePage(): Promise<void> {
    this.dropPorts();
    await (await this.#page).close();
  }

  async #prepare(): Promise<Page> {
    const page = await this.#openPage();
    this.#current = page;
    this.#line = await PageLine.open(page, this.#preload, emitIpc);
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#address = fromChromium(frame.url());
    });
    page.on('popup', (popup) => void this.#deny(popup));
    page.on('download', (download) => {
      const event = cancellable({});
      defaultSession.emit('will-download', event, { getURL: () => fromChromium(download.url()) });
      if (event.defaultPrevented) void download.cancel();
    });
    page.on('crash', () => void this.#replaceCrashedPage());
    return page;
  }

  /** Playwright has no use for a page that crashed, so the next load gets a new one. */
  async #replaceCrashedPage(): Promise<void> {
    const crashed = await this.#page;
    this.dropPorts();
    this.#page = this.#prepare();
    await crashed.close();
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  }

  async #route(route: Route, request: BrowserRequest): Promise<void> {
    if (isOfPopup(request, this.#current)) {
      this.#ask(request.url());
      return route.abort('blockedbyclient');
    }
    if (request.isNavigationRequest() && !this.#mayNavigate(request)) return route.abort('aborted');
    return fulfil(route, request);
  }

  #mayNavigate(request: BrowserRequest): boolean {
    const isMainFrame = request.frame() === this.#current?.mainFrame();
    if (isMainFrame && request.url() === this.#expected) {
      this.#expected = undefined;
      return true;
    }
    const details = { url: fromChromium(request.url()), isMainFrame, isSameDocument: false };
    const events = isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate'];
    return events.every((name) => {
      const event = cancellable(details);
      this.emit(name, event);
      return !event.defaultPrevented;
    });
  }

  /** Chromium has opened it already; in Electron it would never have been. */
  async #deny(popup: Page): Promise<void> {
    const asked = this.#asked.size;
    const deadline = Date.now() + firstRequestMs;
    // An empty popup may be about to make its first request, or be all that was asked for.
    while (popup.url() === 'about:blank' && this.#asked.size === asked && Date.now() < deadline) await setTimeout(20);
    if (popup.url() !== 'about:blank' || this.#asked.size === asked) this.#ask(popup.url());
    await popup.close();
  }

  /** Once a window: its request and the popup itself come in either order, and closing the popup may come before its request. */
  #ask(address: string): void {
    if (this.#asked.has(address)) return;
    this.#asked.add(address);
    void setTimeout(firstRequestMs, undefined, { ref: false }).then(() => this.#asked.delete(address));
    if (this.#windowOpenHandler({ url: fromChromium(address) }).action !== 'deny') throw unknownApi('windows that a page opens');
  }
}

/** The page of a popup's first request may not exist yet, which Playwright says by throwing. */
function isOfPopup(request: BrowserRequest, page: Page | undefined): boolean {
  try {
    return request.frame().page() !== page;
  } catch {
    return true;
  }
}
