import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { Menu } from './menu.ts';
import { loud } from './loud.ts';

class StandInImage {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  isEmpty(): boolean {
    return !existsSync(this.#file);
  }

  setTemplateImage(): void {}
}

/** Electron makes an empty image of a file that is not there; here it is an error, since nobody would see the icon is missing. */
export const nativeImage = {
  createFromPath(file: string): StandInImage {
    const image = new StandInImage(file);
    if (image.isEmpty()) throw new Error(`The icon is not there: ${file}`);
    return loud('NativeImage', image);
  },
};

export class Tray extends EventEmitter {
  static current: Tray | undefined;
  toolTip = '';
  menu: Menu | undefined;

  constructor(image: StandInImage) {
    super();
    if (image.isEmpty()) throw new Error('A tray needs an icon.');
    Tray.current = this;
    return loud<this>('Tray', this);
  }

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setContextMenu(menu: Menu): void {
    this.menu = menu;
  }

  destroy(): void {
    Tray.current = undefined;
  }
}
