import { extname } from 'node:path';
import { Worker, type TransferListItem } from 'node:worker_threads';
import { StoreUnavailableError } from '#main/store/interface';
import type { Answer, Call, Failure, Opening, Result } from './worker-protocol.ts';

export interface WorkerHandleOptions<Event> {
  /** Entry file, without its ending; it stands beside this file, in the sources as in the build. */
  name: string;
  workerData: unknown;
  /** The worker loads its code at once, and opens what it works on after this. */
  opensAfter?: Promise<unknown>;
  onEvent: (event: Event) => void;
  /** The worker died and a new one is being started. */
  onRestart: (reason: Error) => void;
}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

const restartDelayMs = 500;

/** A question that takes longer than this does not keep the app from ending. Commits take milliseconds. */
const closeMs = 5000;

/**
 * Owns one worker thread: calls it by method name, restarts it when it dies, and ends it. Calls under way when it dies are rejected as "try again", because
 * whether they took effect is not known; an export that is sent twice is stored once.
 */
export class WorkerHandle<Methods extends Record<keyof Methods, (input: never) => unknown>, Event = never> {
  readonly #options: WorkerHandleOptions<Event>;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #nextCall = 0;
  #stopped = false;
  #interruption: Error | undefined;
  #restart: NodeJS.Timeout | undefined;

  private constructor(options: WorkerHandleOptions<Event>) {
    this.#options = options;
  }

  /** Resolves when the worker is ready; rejects with the worker's own error where it cannot start. */
  static async start<Methods extends Record<keyof Methods, (input: never) => unknown>, Event = never>(
    options: WorkerHandleOptions<Event>,
  ): Promise<WorkerHandle<Methods, Event>> {
    const handle = new WorkerHandle<Methods, Event>(options);
    await handle.#spawn();
    return handle;
  }

  call<Name extends keyof Methods & string>(
    method: Name,
    input: Parameters<Methods[Name]>[0],
    transfer: readonly TransferListItem[] = [],
  ): Promise<Result<ReturnType<Methods[Name]>>> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.reject(new StoreUnavailableError('The store is restarting. Try again in a moment.'));
    const id = this.#nextCall++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      worker.postMessage({ id, method, input } satisfies Call, transfer);
    });
  }

  /** False while it is being started anew. */
  get isReady(): boolean {
    return this.#worker !== undefined;
  }

  /** Ends what the worker is doing, however busy it is, and starts it anew. Calls under way are rejected with `reason`. */
  interrupt(reason: Error): void {
    this.#interruption = reason;
    void this.#worker?.terminate();
  }

  /** Lets the worker finish what it was asked before, then ends it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#restart);
    const worker = this.#worker;
    if (worker === undefined) return;
    const tooLong = setTimeout(() => void worker.terminate(), closeMs);
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      worker.postMessage({ id: -1, method: 'close', input: undefined } satisfies Call);
    });
    clearTimeout(tooLong);
  }

  #spawn(): Promise<void> {
    const file = new URL(`./${this.#options.name}${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, { workerData: this.#options.workerData, name: this.#options.name });
    return new Promise((resolve, reject) => {
      let problem: Error = new Error(`${this.#options.name} ended before it was ready.`);
      worker.on('message', (answer: Answer<Event>) => {
        if (answer.kind === 'ready') {
          this.#worker = worker;
          resolve();
        } else if (answer.kind === 'failed-to-start') problem = toError(answer.failure);
        else this.#settle(answer);
      });
      worker.on('error', (error) => {
        problem = error instanceof Error ? error : new Error(String(error));
      });
      worker.on('exit', () => {
        reject(problem);
        if (this.#worker === worker) this.#afterDeath(problem);
      });
      Promise.resolve(this.#options.opensAfter).then(
        () => worker.postMessage('open' satisfies Opening),
        (error: Error) => {
          problem = error;
          void worker.terminate();
        },
      );
    });
  }

  #settle(answer: Exclude<Answer<Event>, { kind: 'ready' | 'failed-to-start' }>): void {
    if (answer.kind === 'event') {
      this.#options.onEvent(answer.event);
      return;
    }
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (answer.kind === 'result') pending?.resolve(answer.value);
    else pending?.reject(toError(answer.failure));
  }

  #afterDeath(reason: Error): void {
    this.#worker = undefined;
    const interruption = this.#interruption;
    this.#interruption = undefined;
    for (const { reject } of this.#pending.values())
      reject(interruption ?? new StoreUnavailableError('The store stopped while it worked on this. Try again.'));
    this.#pending.clear();
    if (this.#stopped) return;
    this.#options.onRestart(interruption ?? reason);
    this.#scheduleRestart();
  }

  #scheduleRestart(): void {
    this.#restart = setTimeout(() => {
      this.#spawn().catch((error: unknown) => {
        this.#options.onRestart(error instanceof Error ? error : new Error(String(error)));
        if (!this.#stopped) this.#scheduleRestart();
      });
    }, restartDelayMs);
  }
}

/** Structured cloning forgets the names of errors that are not JavaScript's own, so they travel as plain objects. */
function toError(failure: Failure): Error {
  return Object.assign(new Error(failure.message), failure);
}
