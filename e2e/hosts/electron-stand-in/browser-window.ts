import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { standInApp } from './app.ts';
import { cancellable } from './cancellable.ts';
import { loud, refuseUnknown } from './loud.ts';
import { WebContents } from './web-contents.ts';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Options extends Partial<Rectangle> {
  width: number;
  height: number;
  icon: string;
  show: boolean;
  backgroundColor: string;
  webPreferences: Record<string, unknown> & { preload: string };
}

const knownOptions = ['x', 'y', 'width', 'height', 'minWidth', 'minHeight', 'title', 'icon', 'show', 'backgroundColor', 'webPreferences'];
const knownPreferences = ['preload', 'sandbox', 'contextIsolation', 'nodeIntegration', 'devTools'];

/** A page of Chromium, and what the shell has asked of the window around it. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly options: Options;
  backgroundColor: string;
  visible: boolean;
  focusCount = 0;
  #bounds: Rectangle;
  #maximised = false;
  #minimised = false;
  #destroyed = false;
  #shownOnce = false;

  constructor(options: Options) {
    super();
    refuseUnknown('BrowserWindow', options, knownOptions);
    refuseUnknown('webPreferences', options.webPreferences, knownPreferences);
    if (!existsSync(options.icon)) throw new Error(`The window's icon is not there: ${options.icon}`);
    const { context } = standInApp.browserAfterReady('new BrowserWindow');
    this.options = options;
    this.visible = options.show;
    this.backgroundColor = options.backgroundColor;
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width, height: options.height };
    this.webContents = new WebContents(context, options.webPreferences.preload, async () => {
      const page = await context.newPage();
      await page.setViewportSize({ width: options.width, height: options.height });
      page.on('close', () => void this.#onPageClosed(page));
      return page;
    });
    standInApp.openWindow(this);
    return loud<this>('BrowserWindow', this);
  }

  async loadURL(address: string): Promise<void> {
    await this.webContents.load(address);
    if (this.#shownOnce) return;
    this.#shownOnce = true;
    this.emit('ready-to-show');
  }

  /** Resolves when the window has been shown with its page in it. */
  async whenVisible(): Promise<void> {
    while (!this.visible || !this.#shownOnce) await new Promise((resolve) => this.once('show', resolve));
  }

  show(): void {
    this.visible = true;
    this.emit('show');
  }

  focus(): void {
    this.focusCount++;
  }

  minimize(): void {
    this.#minimised = true;
  }

  isMinimized(): boolean {
    return this.#minimised;
  }

  restore(): void {
    this.#minimised = false;
  }

  maximize(): void {
    this.#maximised = true;
  }

  isMaximized(): boolean {
    return this.#maximised;
  }

  /** As a person would by dragging. */
  setBounds(bounds: Rectangle): void {
    this.#bounds = bounds;
  }

  getNormalBounds(): Rectangle {
    return this.#bounds;
  }

  setBackgroundColor(colour: string): void {
    this.backgroundColor = colour;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  async close(): Promise<void> {
    if (this.#destroyed || !this.#announceClose()) return;
    this.#destroyed = true;
    await this.webContents.closePage();
    this.#announceClosed();
  }

  /** The test, or Chromium, closed the page: the person closed the window. */
  async #onPageClosed(page: Page): Promise<void> {
    if (this.#destroyed || page !== (await this.webContents.page)) return;
    this.#announceClose();
    this.#destroyed = true;
    this.webContents.dropPorts();
    this.#announceClosed();
  }

  #announceClose(): boolean {
    const event = cancellable({});
    this.emit('close', event);
    return !event.defaultPrevented;
  }

  #announceClosed(): void {
    this.emit('closed');
    standInApp.windowClosed(this);
  }
}
