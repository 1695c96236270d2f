import type { Database } from 'better-sqlite3';
import type { Subject } from '#proto/model/query-fields';
import type { WalkedLogs, WalkedSpans } from '#main/decode/walk/walked';
import type { CountedTexts } from '../../interface.ts';
import { NewestChunks } from './newest-chunks.ts';
import { countKeys, countNames, countValues, type TextCounts } from './text-counts.ts';

/** Chunks whose keys are remembered: some kilobytes each. Typing a key asks for the same ones letter by letter. */
const maxRemembered = 512;

/** Gives the columns of a chunk. */
export interface WalkedChunks {
  traces: (chunkId: number) => WalkedSpans;
  logs: (chunkId: number) => WalkedLogs;
}

/** Counts what the newest records have, a bounded number of them. To be asked inside a transaction. */
export class Completions {
  readonly #newest: NewestChunks;
  readonly #walked: WalkedChunks;
  /** A chunk's id never stands for other bytes. Least recently used first. */
  readonly #keys = new Map<number, { keys: TextCounts; records: number }>();

  constructor(db: Database, walked: WalkedChunks) {
    this.#newest = new NewestChunks(db);
    this.#walked = walked;
  }

  keys(subject: Subject): CountedTexts {
    const sum = new Sum();
    for (const id of this.#newest.of(subject)) {
      const { keys, records } = this.#keysOf(id, subject);
      sum.add(keys, records);
    }
    return sum;
  }

  /** Of an attribute. */
  values(subject: Subject, key: string): CountedTexts {
    const sum = new Sum();
    for (const id of this.#newest.of(subject)) {
      const walked = this.#walked[subject](id);
      sum.add(countValues(walked, key), walked.count);
    }
    return sum;
  }

  spanNames(): CountedTexts {
    const sum = new Sum();
    for (const id of this.#newest.of('traces')) {
      const walked = this.#walked.traces(id);
      sum.add(countNames(walked), walked.count);
    }
    return sum;
  }

  #keysOf(id: number, subject: Subject): { keys: TextCounts; records: number } {
    let known = this.#keys.get(id);
    if (known === undefined) {
      const walked = this.#walked[subject](id);
      known = { keys: countKeys(walked), records: walked.count };
    } else this.#keys.delete(id);
    this.#keys.set(id, known);
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > maxRemembered && oldest !== undefined) this.#keys.delete(oldest);
    return known;
  }
}

class Sum implements CountedTexts {
  readonly counts = new Map<string, number>();
  lookedAt = 0;

  add(counts: TextCounts, records: number): void {
    this.lookedAt += records;
    for (const [text, count] of counts) this.counts.set(text, (this.counts.get(text) ?? 0) + count);
  }
}
