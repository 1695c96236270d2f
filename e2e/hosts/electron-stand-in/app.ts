import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { cancellable } from './cancellable.ts';
import type { BrowserWindow } from './browser-window.ts';
import { startWindowBrowser, type WindowBrowser } from './chromium.ts';
import { unknownApi } from './loud.ts';

class StandInApp extends EventEmitter {
  readonly name = 'Sidelight';
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();
  #ready: Promise<void> | undefined;
  #browser: WindowBrowser | undefined;
  #window: BrowserWindow | undefined;
  /** On the way out nobody is asked any more. */
  #exiting = false;
  #quitting = false;

  enableSandbox(): void {
    this.onlyBeforeReady('enableSandbox');
  }

  whenReady(): Promise<void> {
    this.#ready ??= this.#start();
    return this.#ready;
  }

  /** The test says which instance this is, because two processes of the stand-in know nothing of each other. */
  requestSingleInstanceLock(): boolean {
    return process.env['STAND_IN_INSTANCE'] !== 'second';
  }

  setPath(name: string, folder: string): void {
    if (!existsSync(folder)) throw new Error(`Electron takes no path that does not exist: ${folder}`);
    this.#paths.set(name, folder);
  }

  getPath(name: string): string {
    const folder = this.#paths.get(name);
    if (folder === undefined) throw unknownApi(`app.getPath('${name}') before app.setPath`);
    return folder;
  }

  /** Windows first, each of which may refuse; then `will-quit`, which may put the end off. */
  quit(): void {
    if (this.#quitting || this.#exiting) return;
    this.#quitting = true;
    void this.#closeWindowsAndQuit();
  }

  exit(code: number): void {
    this.#exiting = true;
    void (this.#browser?.close() ?? Promise.resolve()).finally(() => process.exit(code));
  }

  /** The one window. A second at the same time is more than this stand-in knows. */
  get window(): BrowserWindow | undefined {
    return this.#window;
  }

  openWindow(window: BrowserWindow): void {
    if (this.#window !== undefined) throw unknownApi('two windows at a time');
    this.#window = window;
  }

  windowClosed(window: BrowserWindow): void {
    if (this.#window === window) this.#window = undefined;
    if (!this.#quitting && !this.#exiting) this.emit('window-all-closed');
  }

  browserAfterReady(what: string): WindowBrowser {
    if (this.#browser === undefined) throw new Error(`Electron can't do ${what} before the app is ready.`);
    return this.#browser;
  }

  onlyBeforeReady(what: string): void {
    if (this.#ready !== undefined) throw new Error(`Electron can't do ${what} after the app is ready.`);
  }

  async #start(): Promise<void> {
    this.#browser = await startWindowBrowser();
  }

  async #closeWindowsAndQuit(): Promise<void> {
    const beforeQuit = cancellable({});
    this.emit('before-quit', beforeQuit);
    if (!beforeQuit.defaultPrevented) await this.#window?.close();
    this.#quitting = false;
    if (beforeQuit.defaultPrevented || this.#window !== undefined) return;
    const willQuit = cancellable({});
    this.emit('will-quit', willQuit);
    if (!willQuit.defaultPrevented) this.exit(0);
  }
}

export const standInApp = new StandInApp();

// As Electron does on POSIX.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => standInApp.quit());
