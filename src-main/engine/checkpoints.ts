/** At full speed, some ten megabytes are committed in this time: enough to make a checkpoint worth its syncs, little enough that the log stays short. */
const paceMs = 250;

/** Runs a checkpoint soon after each commit, one at a time, however many commits there are. */
export class Checkpoints {
  readonly #run: () => Promise<number>;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #committedSince = false;
  #stopped = false;

  /** `run` resolves with the bytes that are left to do; where it rejects, the next commit leads to the next try. */
  constructor(run: () => Promise<number>) {
    this.#run = run;
  }

  noteCommit(): void {
    this.#committedSince ||= this.#isRunning;
    if (this.#stopped || this.#isRunning || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#start(), paceMs);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #start(): void {
    this.#timer = undefined;
    this.#isRunning = true;
    this.#committedSince = false;
    void this.#run().then(
      (left) => this.#done(left > 0),
      () => this.#done(false),
    );
  }

  #done(isMore: boolean): void {
    this.#isRunning = false;
    if (isMore || this.#committedSince) this.noteCommit();
  }
}
