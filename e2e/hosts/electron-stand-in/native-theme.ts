import { EventEmitter } from 'node:events';
import { standInApp } from './app.ts';

type ThemeSource = 'system' | 'light' | 'dark';

/** The system is light until a test says otherwise. Pages follow, as they do in Electron. */
class StandInTheme extends EventEmitter {
  #source: ThemeSource = 'system';
  #systemIsDark = false;

  get themeSource(): ThemeSource {
    return this.#source;
  }

  set themeSource(source: ThemeSource) {
    this.#source = source;
    this.#tell();
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark' || (this.#source === 'system' && this.#systemIsDark);
  }

  setSystemDark(dark: boolean): void {
    this.#systemIsDark = dark;
    this.#tell();
  }

  #tell(): void {
    this.emit('updated');
    const colorScheme = this.shouldUseDarkColors ? 'dark' : 'light';
    void standInApp.window?.webContents.page.then((page) => page.emulateMedia({ colorScheme }));
  }
}

export const standInTheme = new StandInTheme();
