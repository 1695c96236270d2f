import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { HostAddresses } from '#main/serve/host';
import type { EngineThreadOptions, FromEngineThread, ToEngineThread } from './engine-thread-protocol.ts';

/** How long stored data may take to come to rest when the app quits. */
const drainMs = 5_000;

/** Owns the thread that the engine runs in. */
export class EngineThreadHandle {
  readonly #worker: Worker;
  readonly #ready = Promise.withResolvers<HostAddresses>();
  readonly #ended = Promise.withResolvers<void>();
  #stopping = false;

  /** `onDeath` is told, in words for a person, why an engine that nobody stopped is no longer there. */
  constructor(file: URL, options: EngineThreadOptions, onDeath: (message: string) => void) {
    this.#worker = new Worker(file, { workerData: options, name: 'engine' });
    let reason = 'It ended without saying why.';
    this.#worker.on('message', (message: FromEngineThread) => {
      if (message.kind === 'ready') this.#ready.resolve(message.addresses);
      else reason = message.message;
    });
    this.#worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    this.#worker.on('exit', () => {
      this.#ready.reject(new Error(reason));
      this.#ended.resolve();
      if (!this.#stopping) onDeath(reason);
    });
    // Whoever asks for the addresses sees the rejection; nobody has to ask.
    this.#ready.promise.catch(() => undefined);
  }

  /** Resolves when the engine listens; rejects if it cannot start. */
  get ready(): Promise<HostAddresses> {
    return this.#ready.promise;
  }

  /** A fresh line to the engine that speaks the bridge contract. Messages wait until the engine has started. */
  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#worker.postMessage({ kind: 'connect', port: port1 } satisfies ToEngineThread, [port1]);
    return port2;
  }

  /** Lets what is under way be committed, for at most five seconds. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#worker.postMessage({ kind: 'stop' } satisfies ToEngineThread);
    const deadline = setTimeout(() => void this.#worker.terminate(), drainMs);
    await this.#ended.promise;
    clearTimeout(deadline);
  }
}
