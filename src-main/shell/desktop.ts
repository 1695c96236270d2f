import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, type BrowserWindow, clipboard, dialog, Menu, nativeTheme, session } from 'electron';
import { terminalText } from '#main/base/terminal-text';
import { parseServeCommand, serveHelp, type ServeOptions } from '#main/cli/serve-command';
import { handOver } from '#main/open/hand-over';
import { linkScheme } from '#main/open/link';
import { readyLine } from '#main/serve/announce';
import type { HostAddresses } from '#main/serve/host';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { goChannel } from './channels.ts';
import { engineClient, type EngineClient } from './engine-client.ts';
import { EngineThreadHandle } from './engine-thread-handle.ts';
import type { EngineThreadOptions } from './engine-thread-protocol.ts';
import { followCounts } from './live-counts.ts';
import { menuTemplate, type Theme } from './menu.ts';
import { openExternally } from './navigation-guard.ts';
import { openSources } from './open-source.ts';
import { followOpenRequests } from './open-requests.ts';
import { openTargets, type OpenTarget } from './open-target.ts';
import { servePagePorts } from './page-ports.ts';
import { pageFolder, preloadFile, trayIcon, windowIcon } from './paths.ts';
import { denyPermissions } from './permissions.ts';
import { isFirstInstance } from './single-instance.ts';
import { CountingTray } from './tray.ts';
import { openWindow, showWindow } from './window.ts';
import { readWindowState, writeWindowState, type WindowState } from './window-state.ts';

/** Starts the app: the engine in a thread of its own (`engineThread` is the file that runs in it), one window onto it, a menu and a tray. */
export function startDesktop(engineThread: URL): void {
  const args = process.argv.slice(app.isPackaged ? 1 : 2);
  const targets = openTargets(args, process.cwd());
  // An installed app takes no other arguments: whoever can start it (a link, a shortcut, a script) could point it elsewhere.
  const command = parseServeCommand(app.isPackaged ? [] : args.filter((argument) => openTargets([argument], process.cwd()).length === 0));
  if (command.kind !== 'serve') {
    if (command.kind === 'error') printError(command.message);
    process.stderr.write(`\n${serveHelp}`);
    app.exit(command.kind === 'error' ? 2 : 0);
    return;
  }
  try {
    keepProfileIn(command.options.dataDirectory);
  } catch (error) {
    failWith(error instanceof Error ? error.message : String(error));
    return;
  }
  if (app.isPackaged) app.commandLine.removeSwitch('remote-debugging-port');
  app.enableSandbox();
  registerAppScheme();
  let desktop: Desktop | undefined;
  const open = (more: readonly OpenTarget[]): void => {
    if (desktop === undefined) targets.push(...more);
    else desktop.show(more);
  };
  if (!isFirstInstance((again, folder) => open(openTargets(again.slice(1), folder)))) {
    app.quit();
    return;
  }
  followOpenRequests(open);
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  const start = async (): Promise<void> => {
    await app.whenReady();
    desktop = new Desktop(command.options, engineThread);
    desktop.show(targets);
  };
  void start();
}

/** Chromium's own files stand beside the telemetry, so that the instance lock, which belongs to the profile, guards exactly what may have one owner. */
function keepProfileIn(dataDirectory: string): void {
  const profile = path.join(dataDirectory, 'desktop');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
}

/** The running app. The engine does not depend on the window: that can close, crash and come back. */
class Desktop {
  readonly #engine: EngineThreadHandle;
  readonly #client: EngineClient;
  readonly #stateFile = path.join(app.getPath('userData'), 'window.json');
  readonly #quitting = new AbortController();
  #window: BrowserWindow | undefined;

  constructor(options: ServeOptions, engineThread: URL) {
    this.#engine = new EngineThreadHandle(engineThread, threadOptions(options), failWith);
    this.#client = engineClient(this.#engine.connect());
    serveApp(pageFolder);
    denyPermissions(session.defaultSession);
    servePagePorts(() => this.#engine.connect());
    openSources();
    nativeTheme.themeSource = readWindowState(this.#stateFile).theme;
    this.#showMenu();
    this.#showTray();
    this.#followLifecycle();
    this.#whenReady((addresses) => {
      if (options.json) process.stdout.write(readyLine(addresses));
      if (options.open) openExternally(addresses.uiUrl);
    });
  }

  /** Shows the window, and in it what is to be opened; the last of it stays in view. */
  show(targets: readonly OpenTarget[] = []): void {
    const view = targets.findLast((target) => target.kind === 'view')?.view;
    if (view !== undefined) this.#go(view);
    else if (this.#window === undefined) this.#open('/');
    else showWindow(this.#window);
    for (const target of targets) if (target.kind === 'file') void this.#openFile(target.file);
  }

  async #openFile(file: string): Promise<void> {
    try {
      const item = await handOver(file, this.#client.imports);
      const { report } = item.sameAs === undefined ? item : await this.#client.imports.get({ id: item.sameAs });
      const [problem] = report.problems;
      if (problem !== undefined) dialog.showErrorBox(`Not all of ${file} could be opened`, `${problem.place} ${problem.message}`);
      const [traceId, ...more] = report.traceIds;
      if (traceId !== undefined) this.#go(more.length === 0 ? `/traces/${traceId}` : '/files');
      else if (report.logs > 0) this.#go('/logs');
    } catch (error) {
      dialog.showErrorBox(`${file} could not be opened`, error instanceof Error ? error.message : String(error));
    }
  }

  /** Where to send. Either port takes either protocol. Rejects, in words, where none listens. */
  async #endpoint(): Promise<string> {
    const { receivers } = await this.#client.status();
    const endpoint = receivers.find(({ state }) => state === 'listening');
    if (endpoint === undefined) throw new Error('No receiver listens. The Setup view says why.');
    return endpoint.url;
  }

  #open(view: string): void {
    this.#window = openWindow({
      view,
      preload: preloadFile,
      icon: windowIcon,
      remembered: readWindowState(this.#stateFile),
      remember: (state) => this.#remember(state),
    });
    this.#window.once('closed', () => (this.#window = undefined));
  }

  /** A full disk is no reason to keep a window open. */
  #remember(state: WindowState): void {
    try {
      writeWindowState(this.#stateFile, state);
    } catch (error) {
      printError(`The window's place could not be remembered: ${String(error)}`);
    }
  }

  #go(view: string): void {
    if (this.#window === undefined) {
      this.#open(view);
      return;
    }
    showWindow(this.#window);
    this.#window.webContents.send(goChannel, view);
  }

  #showMenu(): void {
    const template = menuTemplate(
      {
        go: (view) => this.#go(view),
        openInBrowser: () => this.#whenReady(({ uiUrl }) => openExternally(uiUrl)),
        copyEndpoint: () => void this.#copyEndpoint(),
        openDocumentation: () => openExternally('https://opentelemetry.io/docs/'),
        setTheme: (theme: Theme) => (nativeTheme.themeSource = theme),
      },
      { platform: process.platform, developerTools: !app.isPackaged, theme: nativeTheme.themeSource },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  #showTray(): void {
    const { signal } = this.#quitting;
    const tray = new CountingTray(trayIcon, {
      open: () => this.show(),
      copyEndpoint: () => void this.#copyEndpoint(),
      quit: () => app.quit(),
    });
    signal.addEventListener('abort', () => tray.destroy());
    // It ends with the engine, whose death is told by the engine's own handle.
    followCounts(this.#client, (counts) => tray.show(counts), signal).catch(() => undefined);
  }

  #followLifecycle(): void {
    app.on('activate', () => this.show());
    app.on('window-all-closed', () => {
      // By macOS's convention an app outlives its windows. Elsewhere what has no window is not running, and holds no ports.
      if (process.platform !== 'darwin') app.quit();
    });
    app.on('will-quit', (event) => {
      event.preventDefault();
      this.#quitting.abort();
      void this.#engine.stop().then(() => app.exit(0));
    });
  }

  async #copyEndpoint(): Promise<void> {
    try {
      await clipboard.writeText(await this.#endpoint());
    } catch (error) {
      dialog.showErrorBox('There is no endpoint to copy', error instanceof Error ? error.message : String(error));
    }
  }

  /** Does nothing if the engine cannot start: then the app ends, and says why. */
  #whenReady(use: (addresses: HostAddresses) => void): void {
    this.#engine.ready.then(use).catch(() => undefined);
  }
}

function threadOptions({ json: _json, open: _open, ...options }: ServeOptions): EngineThreadOptions {
  return { ...options, uiDirectory: pageFolder };
}

/** The data directory is in use, or the engine died: without it there is nothing to show. */
function failWith(message: string): void {
  printError(message);
  dialog.showErrorBox('Sidelight cannot go on', message);
  app.exit(1);
}

function printError(text: string): void {
  process.stderr.write(`sidelight: ${terminalText(text)}\n`);
}
