import type { LogPosition } from '../../interface.ts';
import { Heap } from './heap.ts';
import type { LogComparison } from './log-order.ts';

/** The records that are listed first of all that were added, `limit` at most. */
export class NearestLogs<Match extends LogPosition> {
  readonly #limit: number;
  readonly #compare: LogComparison;
  /** The one listed last is its first. */
  readonly #kept: Heap<Match>;

  constructor(limit: number, compare: LogComparison) {
    this.#limit = limit;
    this.#compare = compare;
    this.#kept = new Heap((a, b) => compare(b, a));
  }

  /** Whether a record at this place would be kept. */
  wants(position: LogPosition): boolean {
    if (this.#kept.size < this.#limit) return true;
    return this.#kept.first !== undefined && this.#compare(position, this.#kept.first) < 0;
  }

  add(match: Match): void {
    if (!this.wants(match)) return;
    this.#kept.add(match);
    if (this.#kept.size > this.#limit) this.#kept.take();
  }

  inOrder(): Match[] {
    return this.#kept.items().toSorted(this.#compare);
  }
}
