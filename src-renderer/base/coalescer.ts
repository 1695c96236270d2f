/**
 * Runs a task on request, one run at a time and with a pause between runs, however often it is asked for; what is asked during a run is answered by one
 * more run. So a burst of change events costs one query, and the last change is never missed.
 */
export class Coalescer {
  readonly #task: (signal: AbortSignal) => Promise<void>;
  readonly #pauseMs: number;
  readonly #ending = new AbortController();
  #isBusy = false;
  #version: string | undefined;
  #isWanted = false;

  /** The task handles its own errors. */
  constructor(task: (signal: AbortSignal) => Promise<void>, pauseMs: number) {
    this.#task = task;
    this.#pauseMs = pauseMs;
  }

  /** `version` names what is to be shown: the same one is asked for only once. */
  request(version: string): void {
    if (version === this.#version) return;
    this.#version = version;
    this.#isWanted = true;
    if (!this.#isBusy) void this.#run();
  }

  /** Calls off the run under way, and starts no other. */
  end(): void {
    this.#ending.abort();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    while (this.#isWanted && !this.#ending.signal.aborted) {
      this.#isWanted = false;
      await this.#task(this.#ending.signal);
      await new Promise((resolve) => setTimeout(resolve, this.#pauseMs));
    }
    this.#isBusy = false;
  }
}
