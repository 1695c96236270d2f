import { open, rm, type FileHandle } from 'node:fs/promises';

/** A page that stops in the middle is gone. */
const idleMs = 60_000;

/** A piece does not go where it is sent to. */
export class WrongPieceError extends Error {
  override name = 'WrongPieceError';
}

/** A file on its way here, piece by piece, into a file of ours: a page cannot say where it has it, and reading looks at files more than once. */
export class Upload {
  readonly file: string;
  readonly #bytes: number;
  readonly #onIdle: () => void;
  #handle: Promise<FileHandle> | undefined;
  #done = 0;
  #writing = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(file: string, bytes: number, onIdle: () => void) {
    this.file = file;
    this.#bytes = bytes;
    this.#onIdle = onIdle;
    this.#watch();
  }

  get bytesDone(): number {
    return this.#done;
  }

  /** In order, one at a time. Resolves with whether it was the last one; rejects with `WrongPieceError`. */
  async write(offset: number, piece: Uint8Array): Promise<boolean> {
    if (this.#writing || offset !== this.#done) throw new WrongPieceError(`The next piece begins at ${this.#done}.`);
    if (piece.length === 0 || offset + piece.length > this.#bytes) throw new WrongPieceError(`The file was to have ${this.#bytes} bytes.`);
    this.#writing = true;
    try {
      this.#handle ??= open(this.file, 'wx', 0o600);
      await (await this.#handle).writeFile(piece);
      this.#done += piece.length;
    } finally {
      this.#writing = false;
    }
    if (this.#done < this.#bytes) {
      this.#watch();
      return false;
    }
    await this.#close();
    return true;
  }

  async remove(): Promise<void> {
    await this.#close();
    await rm(this.file, { force: true });
  }

  #watch(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(this.#onIdle, idleMs);
    this.#idle.unref();
  }

  async #close(): Promise<void> {
    clearTimeout(this.#idle);
    const handle = this.#handle;
    this.#handle = undefined;
    await (await handle)?.close();
  }
}
