import type { Reservation } from './byte-budget.ts';

/** Allocated for a length that was announced, before its bytes are there. */
const maxTrustedBytes = 1024 * 1024;

/**
 * Collects the chunks of a payload in one buffer, which is all that the payload costs: what is kept of chunks themselves, which may be of one byte each, no limit would
 * cover. The buffer, not what is in it yet, is taken from the budget.
 */
export class PayloadCollector {
  readonly #limit: number;
  readonly #reservation: Reservation;
  readonly #announced: number | undefined;
  #buffer = new Uint8Array();
  #size = 0;

  /** `announced`: how long the payload says it is. */
  constructor(limit: number, reservation: Reservation, announced?: number) {
    this.#limit = limit;
    this.#reservation = reservation;
    this.#announced = announced;
  }

  /** `undefined`: taken. */
  add(chunk: Uint8Array): 'too-large' | 'over-budget' | undefined {
    const size = this.#size + chunk.length;
    if (size > this.#limit) return 'too-large';
    if (size > this.#buffer.length && !this.#grow(size)) return 'over-budget';
    this.#buffer.set(chunk, this.#size);
    this.#size = size;
    return undefined;
  }

  /** On memory of its own, of which it may leave an end unused: Node's small buffers share theirs, and could not be transferred to another thread. */
  payload(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#size);
  }

  #grow(size: number): boolean {
    const before = this.#buffer;
    const end = Math.max(size, Math.min(this.#announced ?? this.#limit, this.#limit));
    const wanted = before.length === 0 ? (this.#announced === undefined ? size : maxTrustedBytes) : 2 * before.length;
    const buffer = this.#reservation.buffer(Math.min(end, Math.max(size, wanted)));
    if (buffer === undefined) return false;
    this.#buffer = new Uint8Array(buffer);
    this.#buffer.set(before.subarray(0, this.#size));
    this.#reservation.giveBuffer(before.buffer);
    return true;
  }
}
