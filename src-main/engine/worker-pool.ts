import { StoreUnavailableError } from '#main/store/interface';
import { WorkerHandle, type WorkerHandleOptions } from './worker-handle.ts';
import type { Result } from './worker-protocol.ts';

type Methods<Shape> = Record<keyof Shape, (input: never) => unknown>;

export interface WorkerPoolOptions {
  workers: number;
  /** A call that takes longer is given up, and its worker started anew. */
  budgetMs: number;
}

interface Waiting<Handle> {
  run: (worker: Handle) => Promise<void>;
  refuse: (error: Error) => void;
}

/** Far more than a person with several windows can ask for; whatever asks for more is to wait outside. */
const maxWaiting = 1000;

/**
 * A few workers of one kind, each of which works on one call at a time, so that a slow one holds up no other as long as any worker is free, and is ended alone where it takes
 * too long.
 */
export class WorkerPool<Shape extends Methods<Shape>> {
  readonly #workers: readonly WorkerHandle<Shape>[];
  readonly #budgetMs: number;
  readonly #busy = new Set<WorkerHandle<Shape>>();
  readonly #waiting: Waiting<WorkerHandle<Shape>>[] = [];

  private constructor(workers: readonly WorkerHandle<Shape>[], budgetMs: number) {
    this.#workers = workers;
    this.#budgetMs = budgetMs;
  }

  static async start<Shape extends Methods<Shape>>(
    { workers, budgetMs }: WorkerPoolOptions,
    options: WorkerHandleOptions<never>,
  ): Promise<WorkerPool<Shape>> {
    const starts = await Promise.allSettled(Array.from({ length: workers }, () => WorkerHandle.start<Shape>(options)));
    const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    const failed = starts.find((start) => start.status === 'rejected');
    const pool = new WorkerPool(started, budgetMs);
    if (failed === undefined) return pool;
    await pool.stop();
    throw failed.reason;
  }

  /** Rejects with the method's own error, or with `StoreUnavailableError` where it took too long, its worker died, or none is there. */
  call<Name extends keyof Shape & string>(method: Name, input: Parameters<Shape[Name]>[0]): Promise<Result<ReturnType<Shape[Name]>>> {
    if (this.#waiting.length >= maxWaiting)
      return Promise.reject(new StoreUnavailableError('Too many questions wait for an answer. Try again.'));
    return new Promise((resolve, reject) => {
      const run = async (worker: WorkerHandle<Shape>): Promise<void> => {
        const timer = setTimeout(() => worker.interrupt(this.#tooLong()), this.#budgetMs);
        await worker.call(method, input).then(resolve, reject);
        clearTimeout(timer);
      };
      this.#waiting.push({ run, refuse: reject });
      this.#dispatch();
    });
  }

  async stop(): Promise<void> {
    for (const { refuse } of this.#waiting.splice(0)) refuse(new StoreUnavailableError('The engine is stopping.'));
    await Promise.all(this.#workers.map((worker) => worker.stop()));
  }

  #dispatch(): void {
    const ready = this.#workers.filter((worker) => worker.isReady);
    if (ready.length === 0) {
      for (const { refuse } of this.#waiting.splice(0))
        refuse(new StoreUnavailableError('The store is restarting. Try again in a moment.'));
      return;
    }
    const free = ready.find((worker) => !this.#busy.has(worker));
    const next = free === undefined ? undefined : this.#waiting.shift();
    if (free === undefined || next === undefined) return;
    this.#busy.add(free);
    void next.run(free).then(() => {
      this.#busy.delete(free);
      this.#dispatch();
      return undefined;
    });
  }

  #tooLong(): Error {
    return new StoreUnavailableError(`This question took longer than ${this.#budgetMs / 1000} s and was given up. Narrow it down.`);
  }
}
