import { randomBytes } from 'node:crypto';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileBytes } from '../data-directory.ts';

/** Dropping a group of a large store rewrites up to a thousand pages of indexes. */
const maxBallastBytes = 16 * 2 ** 20;
/** Nor much of a small disk. */
const ballastShareOfDisk = 1 / 6;
/** With less than this left, the write-ahead log is kept short: carrying it over into the database needs room for what is new in it. */
const tightBytes = 256 * 2 ** 20;
/** Kept small beside what may be stored at all. */
const ballastShare = 1 / 32;

/**
 * Room that is held back for the day when the disk is full: SQLite can then not even delete, because that too is written first. The file is given up so that
 * the oldest records can go, and taken again when there is room.
 */
export class Ballast {
  readonly bytes: number;
  /** Of the whole disk. */
  readonly diskBytes: number;
  readonly #path: string;

  constructor(path: string, maxStoredBytes: number) {
    this.#path = path;
    const { blocks, bsize } = statfsSync(dirname(path));
    this.diskBytes = blocks * bsize;
    this.bytes = Math.floor(Math.min(maxBallastBytes, maxStoredBytes * ballastShare, this.diskBytes * ballastShareOfDisk));
  }

  /** Takes the room again where there is twice as much; otherwise later. */
  take(): void {
    if (fileBytes(this.#path) === this.bytes) return;
    if (this.#freeBytes() < 2 * this.bytes) return;
    // Noise, so that no file system can store it as nothing.
    try {
      writeFileSync(this.#path, randomBytes(this.bytes), { mode: 0o600 });
    } catch {
      this.giveUp();
    }
  }

  /** Whether the disk has little room left. */
  get tight(): boolean {
    return this.#freeBytes() < tightBytes;
  }

  giveUp(): void {
    rmSync(this.#path, { force: true });
  }

  #freeBytes(): number {
    const { bavail, bsize } = statfsSync(dirname(this.#path));
    return bavail * bsize;
  }
}
