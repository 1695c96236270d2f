/** Smaller buffers are cheap to make; larger ones are rare, and would be kept for nothing. */
const smallest = 32 * 1024;
const largest = 1024 * 1024;
const step = 64 * 1024;

/** What the requests of a busy moment take. */
const maxKeptBytes = 16 * 1024 * 1024;

/**
 * Buffers for payloads, which come back when a request has been answered and serve the next one. A buffer costs its pages anew each time that it is made, and every few dozens of them a
 * garbage collection in each thread that they pass through: together a fifth of what ingest costs.
 */
export class PayloadBuffers {
  readonly #kept = new Map<number, ArrayBuffer[]>();
  #keptBytes = 0;

  /** How long the buffer is that `take` gives for so many bytes. */
  sizeFor(bytes: number): number {
    return bytes < smallest || bytes > largest ? bytes : Math.ceil(bytes / step) * step;
  }

  /** What is in it may be anything. */
  take(bytes: number): ArrayBuffer {
    const size = this.sizeFor(bytes);
    const kept = this.#kept.get(size)?.pop();
    if (kept === undefined) return new ArrayBuffer(size);
    this.#keptBytes -= size;
    return kept;
  }

  /** Takes a buffer that nobody looks at any more. */
  give(buffer: ArrayBuffer): void {
    const size = buffer.byteLength;
    if (size < smallest || size > largest || size % step !== 0 || this.#keptBytes + size > maxKeptBytes) return;
    this.#keptBytes += size;
    const alike = this.#kept.get(size);
    if (alike === undefined) this.#kept.set(size, [buffer]);
    else alike.push(buffer);
  }
}
