import type { ChangeEvent } from '#proto/bridge/shapes';

const minIntervalMs = 100;

/**
 * Tells listeners that data has changed, at most ten times a second; what happened in between is in the next event. Versions go on growing across restarts, because
 * they start at the clock.
 */
export class ChangeFeed {
  readonly #listeners = new Set<(change: ChangeEvent) => void>();
  #latest: ChangeEvent = { version: Date.now(), traces: 0, spans: 0, logs: 0 };
  #timer: NodeJS.Timeout | undefined;
  #lastSentMs = 0;

  publish(stored: Omit<ChangeEvent, 'version'>): void {
    this.#latest = { version: this.#latest.version + 1, traces: stored.traces, spans: stored.spans, logs: stored.logs };
    if (this.#timer !== undefined) return;
    const waitMs = Math.max(0, this.#lastSentMs + minIntervalMs - Date.now());
    this.#timer = setTimeout(() => this.#send(), waitMs);
  }

  subscribe(listener: (change: ChangeEvent) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#latest);
    return () => this.#listeners.delete(listener);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  #send(): void {
    this.#timer = undefined;
    this.#lastSentMs = Date.now();
    for (const listener of this.#listeners) listener(this.#latest);
  }
}
