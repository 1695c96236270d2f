import { setTimeout as after } from 'node:timers/promises';
import type { ImportReport, ImportState } from '#proto/bridge/imports';
import { plural } from '#proto/text/count';
import type { ExportOutcome } from '#main/receive/interface';
import type { IngestInput, IngestResult } from '../group-commit.ts';
import type { FileRequest, ImportData, ImportMethods } from '../import-worker.ts';
import { WorkerHandle } from '../worker-handle.ts';
import type { Result } from '../worker-protocol.ts';
import { ReportCounter } from './report.ts';

/** What an import needs of the store. */
export interface ImportStore {
  recognize(id: number, fileHash: Uint8Array): Promise<number | undefined>;
  ingest(input: IngestInput): Promise<IngestResult>;
  finish(id: number, report: ImportReport): Promise<void>;
  remove(id: number): Promise<void>;
}

/** What became of a file. */
export interface ImportEnd {
  state: Extract<ImportState, 'complete' | 'duplicate' | 'failed'>;
  message: string;
  sameAs?: number;
}

const retryMs = 1_000;
const retries = 10;

/** Reads one file into the store. */
export class ImportJob {
  readonly #store: ImportStore;
  readonly #id: number;
  readonly #receivedMs: number;
  readonly #counter = new ReportCounter();
  readonly #cancelled = new AbortController();
  bytesRead = 0;

  /** `receivedMs`: when all of it is to have arrived, in milliseconds since the Unix epoch. */
  constructor(store: ImportStore, id: number, receivedMs: number) {
    this.#store = store;
    this.#id = id;
    this.#receivedMs = receivedMs;
  }

  get report(): ImportReport {
    return this.#counter.report;
  }

  /** What is stored already stays for whoever removes it. */
  cancel(): void {
    this.#cancelled.abort();
  }

  /** Never rejects: what goes wrong is said. `undefined`: it was cancelled. */
  async run(file: string): Promise<ImportEnd | undefined> {
    let reader: WorkerHandle<ImportMethods> | undefined;
    try {
      reader = await WorkerHandle.start<ImportMethods>({
        name: 'import-worker',
        workerData: { file } satisfies ImportData,
        onEvent: () => undefined,
        onRestart: () => this.#cancelled.abort(),
      });
      const sameAs = await this.#store.recognize(this.#id, await reader.call('hash', undefined));
      if (sameAs !== undefined) return { state: 'duplicate', message: 'This very file is stored already.', sameAs };
      await this.#readAll(reader);
      if (this.#cancelled.signal.aborted) return undefined;
      return await this.#finished();
    } catch (error) {
      if (this.#cancelled.signal.aborted) return undefined;
      return await this.#failed(error instanceof Error ? error.message : String(error));
    } finally {
      await reader?.stop();
    }
  }

  async #readAll(reader: WorkerHandle<ImportMethods>): Promise<void> {
    while (!this.#cancelled.signal.aborted) {
      const part = await reader.call('next', undefined);
      if (part.kind === 'end') return;
      if (part.kind === 'problem') this.#counter.addProblem(part.problem.place, part.problem.message);
      else await this.#takeRequest(part.request, reader);
      this.bytesRead = part.bytesRead;
    }
  }

  async #takeRequest(request: FileRequest, reader: WorkerHandle<ImportMethods>): Promise<void> {
    const outcome = await this.#ingest(request);
    if (outcome.kind !== 'accepted') {
      await this.#takeEach(await reader.call('again', undefined));
      return;
    }
    this.#counter.addStored(request, outcome.rejected);
    if (outcome.rejected > 0) this.#addRejections(await reader.call('rejections', undefined));
  }

  #addRejections(rejections: Result<ReturnType<ImportMethods['rejections']>>): void {
    for (const { place, rejected, message } of rejections)
      this.#counter.addProblem(place, `has ${plural(rejected, 'record')} that cannot be stored: ${message}`);
  }

  /** To lose only the bad ones. */
  async #takeEach(requests: readonly FileRequest[]): Promise<void> {
    for (const request of requests) {
      if (this.#cancelled.signal.aborted) return;
      const outcome = await this.#ingest(request);
      if (outcome.kind === 'accepted') this.#addStored(request, outcome);
      else this.#counter.addProblem(request.place, `was refused: ${outcome.message}`);
    }
  }

  #addStored(request: FileRequest, { rejected, message }: { rejected: number; message: string }): void {
    this.#counter.addStored(request, rejected);
    if (rejected > 0) this.#addRejections([{ place: request.place, rejected, message }]);
  }

  async #ingest({ signal, encoding, payload }: FileRequest): Promise<Exclude<ExportOutcome, { kind: 'unavailable' }>> {
    for (let attempt = 1; ; attempt += 1) {
      const input = { signal, encoding, payload, receivedMs: this.#receivedMs, importId: this.#id };
      const { outcome } = await this.#store.ingest(input);
      if (outcome.kind !== 'unavailable') return outcome;
      if (attempt > retries) throw new Error(`The store did not take it: ${outcome.message}`);
      await after(retryMs, undefined, { signal: this.#cancelled.signal });
    }
  }

  async #finished(): Promise<ImportEnd> {
    const { report } = this;
    if (report.spans + report.logs + report.metrics === 0) {
      const [first] = report.problems;
      return this.#failed(first === undefined ? 'It holds no records.' : `Nothing of it could be read: ${first.place} ${first.message}.`);
    }
    await this.#store.finish(this.#id, report);
    return { state: 'complete', message: '' };
  }

  /** What was stored before stays, and is listed. */
  async #failed(message: string): Promise<ImportEnd> {
    const { report } = this;
    if (report.spans + report.logs === 0) return { state: 'failed', message };
    this.#counter.addProblem('the rest', `was not read: ${message}`);
    await this.#store.finish(this.#id, this.report);
    return { state: 'complete', message: '' };
  }
}
