import type { Database } from 'better-sqlite3';
import type { Subject } from '#proto/model/query-fields';
import type { Walked, WalkedLogs, WalkedSpans } from '#main/decode/walk/walked';
import type { CountedTexts } from '../../interface.ts';
import { NewestChunks } from './newest-chunks.ts';
import { countKeys, countNames, countValues, type TextCounts } from './text-counts.ts';

/** Gives the columns of a chunk. */
export interface WalkedChunks {
  traces: (chunkId: number) => WalkedSpans;
  logs: (chunkId: number) => WalkedLogs;
}

/**
 * Counts what the newest records have, a bounded number of them. Typing asks for the same keys, and for the values of the same one, letter by letter: those are remembered by
 * chunk. To be asked inside a transaction.
 */
export class Completions {
  readonly #newest: NewestChunks;
  readonly #walked: WalkedChunks;
  readonly #keys = new ChunkCounts();
  #values = new ChunkCounts();
  /** Whose values those are. */
  #valuesOf = '';

  constructor(db: Database, walked: WalkedChunks) {
    this.#newest = new NewestChunks(db);
    this.#walked = walked;
  }

  keys(subject: Subject): CountedTexts {
    return this.#sum(subject, this.#keys, countKeys);
  }

  /** Of an attribute. */
  values(subject: Subject, key: string): CountedTexts {
    const of = `${subject} ${key}`;
    if (of !== this.#valuesOf) this.#values = new ChunkCounts();
    this.#valuesOf = of;
    return this.#sum(subject, this.#values, (walked) => countValues(walked, key));
  }

  spanNames(): CountedTexts {
    const sum = new Sum();
    for (const id of this.#newest.of('traces')) {
      const walked = this.#walked.traces(id);
      sum.add({ counts: countNames(walked), records: walked.count });
    }
    return sum;
  }

  #sum(subject: Subject, known: ChunkCounts, count: (walked: Walked) => TextCounts): CountedTexts {
    const sum = new Sum();
    for (const id of this.#newest.of(subject)) sum.add(known.of(id, () => counted(this.#walked[subject](id), count)));
    return sum;
  }
}

interface Counted {
  counts: TextCounts;
  records: number;
}

const counted = (walked: Walked, count: (walked: Walked) => TextCounts): Counted => ({ counts: count(walked), records: walked.count });

/** More chunks than one question looks at. */
const maxRemembered = 512;

/** What was counted of single chunks; a chunk's id never stands for other bytes. */
class ChunkCounts {
  /** Least recently used first. */
  readonly #remembered = new Map<number, Counted>();

  of(chunkId: number, count: () => Counted): Counted {
    const known = this.#remembered.get(chunkId) ?? count();
    this.#remembered.delete(chunkId);
    this.#remembered.set(chunkId, known);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > maxRemembered && oldest !== undefined) this.#remembered.delete(oldest);
    return known;
  }
}

class Sum implements CountedTexts {
  readonly counts = new Map<string, number>();
  lookedAt = 0;

  add({ counts, records }: Counted): void {
    this.lookedAt += records;
    for (const [text, count] of counts) this.counts.set(text, (this.counts.get(text) ?? 0) + count);
  }
}
