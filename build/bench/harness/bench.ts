import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSender, type Sender } from '../processes/sender.ts';
import type { Figure } from './figure.ts';
import { buildLogStore, buildSpanStore, type BuiltStore } from './stores.ts';

/** How much is measured. */
export interface Sizes {
  /** Spans of the store in which each kind of query is timed and checked. */
  spans: number;
  /** Spans of the large store. */
  manySpans: number;
  logs: number;
  spansOfBigTrace: number;
  /** Of the largest trace that the timeline has to bear. */
  spansOfHugeTrace: number;
  /** How long one side of a comparison runs, and how often all sides take turns. */
  seconds: number;
  rounds: number;
  /** How often a question is asked. */
  repetitions: number;
}

export const usualSizes: Sizes = {
  spans: 1_000_000,
  manySpans: 10_000_000,
  logs: 1_000_000,
  spansOfBigTrace: 100_000,
  spansOfHugeTrace: 1_000_000,
  seconds: 5,
  rounds: 5,
  repetitions: 40,
};

/** A smoke test: everything once, on little more than the first group that is sealed. */
export const quickSizes: Sizes = {
  spans: 36_000,
  manySpans: 36_000,
  logs: 36_000,
  spansOfBigTrace: 5000,
  spansOfHugeTrace: 10_000,
  seconds: 0.3,
  rounds: 1,
  repetitions: 2,
};

/** One row of the table of numbers. */
export interface Measurement {
  name: string;
  run: (bench: Bench) => Promise<Figure[]>;
}

/** What measurements share: sizes, a sender, stores that take long to build, and temporary directories that go when it ends. */
export class Bench {
  readonly sizes: Sizes;
  readonly #directories: string[] = [];
  readonly #stores = new Map<string, BuiltStore>();
  #sender: Sender | undefined;

  constructor(sizes: Sizes) {
    this.sizes = sizes;
  }

  get sender(): Sender {
    this.#sender ??= startSender();
    return this.#sender;
  }

  directory(): string {
    const directory = mkdtempSync(join(tmpdir(), 'sidelight-bench-'));
    this.#directories.push(directory);
    return directory;
  }

  remove(directory: string): void {
    rmSync(directory, { recursive: true, force: true });
  }

  /** A closed store of as many spans of the workload, all different. */
  spanStore(spans: number): BuiltStore {
    return this.#store(`spans ${spans}`, (directory) => buildSpanStore(directory, spans));
  }

  logStore(logs: number): BuiltStore {
    return this.#store(`logs ${logs}`, (directory) => buildLogStore(directory, logs));
  }

  async end(): Promise<void> {
    await this.#sender?.stop();
    for (const directory of this.#directories) this.remove(directory);
  }

  #store(name: string, build: (directory: string) => BuiltStore): BuiltStore {
    let store = this.#stores.get(name);
    if (store === undefined) {
      process.stderr.write(`Building a store of ${name}…\n`);
      this.#stores.set(name, (store = build(this.directory())));
    }
    return store;
  }
}
