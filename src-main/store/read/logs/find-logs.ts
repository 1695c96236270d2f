import type { LogEntry } from '../../index/entries.ts';
import type { LogPosition, LogQuery } from '../../interface.ts';
import { verdict } from '../evaluate-entry.ts';
import { Heap } from './heap.ts';
import { boundOf, eachLog, endOf, type LogChunk } from './log-chunk.ts';
import { comparisonFor, type LogComparison } from './log-order.ts';
import { NearestLogs } from './nearest-logs.ts';

/** A record that was found: a row of a chunk. */
export interface LogMatch extends LogPosition {
  chunk: LogChunk;
  row: number;
}

/** A chunk of which the entry could not tell all. */
interface Doubtful {
  chunk: LogChunk;
  verdicts: Uint8Array;
  /** The first place at which a record of it may be listed. */
  bound: LogPosition;
}

/** How records are judged (`evaluate-entry.ts`, `evaluate-walked.ts`), with all that a `LogQuery` asks for beside order and place. */
export interface LogJudge {
  byEntry(entry: LogEntry): Uint8Array;
  byBytes(chunk: LogChunk, verdicts: Uint8Array): Uint8Array;
}

/**
 * The first `limit` records by time that a query finds after a place in the list.
 *
 * `chunks` come in the order of the first place that a record of theirs can have. An entry says which records of a chunk cannot, may and do match; where it leaves doubt, the first
 * place of one that may match says how urgent the bytes are. So whatever can come first is looked at first, and the search ends when neither a chunk nor a doubtful record is left
 * that would be listed before the last one kept. What bounds it: entries of chunks whose times overlap with the answer's, and bytes of those among them that leave doubt.
 */
export function findLogs(chunks: Iterator<LogChunk>, judge: LogJudge, place: LogSearchOrder): LogMatch[] {
  const search = new Search(judge, place);
  const next = (): LogChunk | undefined => {
    const { done, value } = chunks.next();
    return done === true ? undefined : value;
  };
  for (let chunk = next(); chunk !== undefined; chunk = next()) {
    const bound = boundOf(chunk, place.order);
    search.settleBefore(bound);
    if (!search.wants(bound)) break;
    search.open(chunk);
  }
  search.settle();
  chunks.return?.();
  return search.found();
}

export type LogSearchOrder = Pick<LogQuery, 'order' | 'after' | 'limit'>;

class Search {
  readonly #judge: LogJudge;
  readonly #order: LogQuery['order'];
  readonly #compare: LogComparison;
  readonly #after: LogPosition | undefined;
  readonly #nearest: NearestLogs<LogMatch>;
  readonly #doubtful: Heap<Doubtful>;

  constructor(judge: LogJudge, { order, after, limit }: LogSearchOrder) {
    const compare = comparisonFor(order);
    this.#judge = judge;
    this.#order = order;
    this.#compare = compare;
    this.#after = after;
    this.#nearest = new NearestLogs(limit, compare);
    this.#doubtful = new Heap((a, b) => compare(a.bound, b.bound));
  }

  wants(position: LogPosition): boolean {
    return this.#nearest.wants(position);
  }

  /** Takes what the entry is certain of, and remembers the chunk where it is not. */
  open(chunk: LogChunk): void {
    const entry = chunk.entry();
    const verdicts = this.#judge.byEntry(entry);
    if (this.#isOpenThroughout(chunk) && verdicts.every((one) => one === verdict.maybe)) {
      this.#doubtful.add({ chunk, verdicts, bound: boundOf(chunk, this.#order) });
      return;
    }
    let bound: LogPosition | undefined;
    eachLog(entry, verdicts, (row, position) => {
      if (this.#isPassed(position) || !this.wants(position)) verdicts[row] = verdict.no;
      else if (verdicts[row] === verdict.yes) this.#nearest.add({ ...position, chunk, row });
      else if (bound === undefined || this.#compare(position, bound) < 0) bound = position;
    });
    if (bound !== undefined) this.#doubtful.add({ chunk, verdicts, bound });
  }

  /** Reads the bytes of chunks in doubt that may hold something before `position`. */
  settleBefore(position: LogPosition): void {
    for (let next = this.#doubtful.first; next !== undefined; next = this.#doubtful.first) {
      if (this.#compare(next.bound, position) >= 0 || !this.wants(next.bound)) return;
      this.#doubtful.take();
      this.#settleOne(next);
    }
  }

  settle(): void {
    for (let next = this.#doubtful.take(); next !== undefined && this.wants(next.bound); next = this.#doubtful.take())
      this.#settleOne(next);
  }

  found(): LogMatch[] {
    return this.#nearest.inOrder();
  }

  #settleOne({ chunk, verdicts }: Doubtful): void {
    eachLog(chunk.entry(), this.#judge.byBytes(chunk, verdicts), (row, position) => {
      if (verdicts[row] === verdict.maybe) this.#nearest.add({ ...position, chunk, row });
    });
  }

  /** Whether nothing of the chunk has been listed yet, and nothing that was found can take its place. */
  #isOpenThroughout(chunk: LogChunk): boolean {
    return this.wants(endOf(chunk, this.#order)) && !this.#isPassed(boundOf(chunk, this.#order));
  }

  #isPassed(position: LogPosition): boolean {
    return this.#after !== undefined && this.#compare(position, this.#after) <= 0;
  }
}
