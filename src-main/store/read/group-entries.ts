import type { Database } from 'better-sqlite3';
import { splitEntries } from '../group-entries.ts';

/**
 * Entries of sealed groups as they were asked for last. They are views of the stored bytes, so what they take is what is stored: some 200 KiB a group of 32,768 spans. A search
 * that no filter helps (`duration>3s`) looks at those of all groups.
 */
export class GroupEntries<Entry> {
  readonly #maxBytes: number;
  readonly #read: (entry: Uint8Array) => Entry;
  readonly #stored;
  /** Least recently used first. */
  readonly #remembered = new Map<number, { entries: readonly Entry[]; bytes: number }>();
  #bytes = 0;

  constructor(db: Database, read: (entry: Uint8Array) => Entry, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#read = read;
    this.#stored = db.prepare<[number], Buffer>('SELECT entries FROM group_entries WHERE id = ?').pluck();
  }

  /** Of the group's chunks, in order. A group's id never stands for another one. */
  of(groupId: number): readonly Entry[] {
    let group = this.#remembered.get(groupId);
    if (group === undefined) {
      group = this.#load(groupId);
      this.#bytes += group.bytes;
    } else this.#remembered.delete(groupId);
    this.#remembered.set(groupId, group);
    for (const [id, { bytes }] of this.#remembered) {
      if (this.#bytes <= this.#maxBytes || id === groupId) break;
      this.#remembered.delete(id);
      this.#bytes -= bytes;
    }
    return group.entries;
  }

  #load(groupId: number): { entries: readonly Entry[]; bytes: number } {
    const stored = this.#stored.get(groupId);
    if (stored === undefined) throw new Error(`Group ${groupId} is stored without its entries.`);
    const entries = splitEntries(stored).map((entry) => this.#read(entry));
    return { entries, bytes: stored.length };
  }
}
