import { pieceBytes } from '#proto/bridge/imports';
import type { Bridge } from '#ui/bridge/index.ts';

/** A file that the engine does not know of yet, or never will. */
export interface LocalFile {
  key: number;
  name: string;
  bytes: number;
  /** In words why it could not be handed over; undefined while it waits for its turn. */
  failure: string | undefined;
}

type Listener = () => void;

/**
 * Hands files over to the engine, one after the other, whatever view is open meanwhile. What the engine has begun to take is in its own list; here is what waits, and what went wrong
 * before.
 */
export class Uploads {
  #files: readonly LocalFile[] = [];
  readonly #listeners = new Set<Listener>();
  #turn: Promise<void> = Promise.resolve();
  #nextKey = 0;

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): readonly LocalFile[] => this.#files;

  /** `onProgress`: the engine's list has changed. */
  add(files: readonly File[], bridge: Bridge, onProgress: () => void): void {
    const waiting = files.map((file) => ({ file, key: this.#nextKey++ }));
    this.#set([...this.#files, ...waiting.map(({ file: { name, size }, key }) => ({ key, name, bytes: size, failure: undefined }))]);
    for (const { file, key } of waiting) this.#turn = this.#turn.then(() => this.#handOver(file, key, bridge, onProgress));
  }

  dismiss(key: number): void {
    this.#set(this.#files.filter((file) => file.key !== key));
  }

  async #handOver(file: File, key: number, bridge: Bridge, onProgress: () => void): Promise<void> {
    // It was taken back while it waited.
    if (!this.#files.some((waiting) => waiting.key === key)) return;
    let isKnown = false;
    try {
      if (file.size === 0) throw new Error('It is empty, or a folder.');
      const { id } = await bridge.imports.begin({ name: file.name, bytes: file.size });
      isKnown = true;
      this.dismiss(key);
      onProgress();
      for (let offset = 0; offset < file.size; offset += pieceBytes) {
        await bridge.imports.piece({ id, offset, base64: await base64Of(file.slice(offset, offset + pieceBytes)) });
      }
    } catch (error) {
      // What the engine knows of, it tells itself: that the file was taken back, or went quiet.
      if (!isKnown) this.#fail(key, error instanceof Error ? error.message : String(error));
    }
    onProgress();
  }

  #fail(key: number, failure: string): void {
    this.#set(this.#files.map((file) => (file.key === key ? { ...file, failure } : file)));
  }

  #set(files: readonly LocalFile[]): void {
    this.#files = files;
    for (const listener of this.#listeners) listener();
  }
}

/** Rejects where the file cannot be read any more. */
const base64Of = (piece: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const url = reader.result;
      resolve(typeof url === 'string' ? url.slice(url.indexOf(',') + 1) : '');
    });
    reader.addEventListener('error', () => reject(new Error('The file could not be read.')));
    reader.readAsDataURL(piece);
  });
