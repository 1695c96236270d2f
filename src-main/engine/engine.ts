import type { SelfTestReport } from '#proto/bridge/doctor';
import type { ChangeEvent, EngineStatus, ReceiverProtocol, ReceiverStatus } from '#proto/bridge/shapes';
import { createByteBudget } from '#main/receive/byte-budget';
import type { ExportOutcome, ExportRequest } from '#main/receive/interface';
import type { Mistake } from '#main/receive/mistake';
import { startReceiver } from '#main/receive/receiver';
import { version } from '#main/base/version';
import { sendSamples } from '#main/sample/send-samples';
import { ChangeFeed } from './change-feed.ts';
import type { CheckpointData, CheckpointMethods } from './checkpoint-worker.ts';
import { Checkpoints } from './checkpoints.ts';
import { Doctor } from './doctor/doctor.ts';
import { runSelfTest } from './doctor/self-test.ts';
import { beyondLoopbackWarning } from './beyond-loopback-warning.ts';
import { exportToken } from './export-token.ts';
import type { Ask, Engine, EngineOptions } from './interface.ts';
import { Imports, type Store as ImportedStore } from './imports/imports.ts';
import { Notices } from './notices.ts';
import { Receivers } from './receivers.ts';
import type { ReaderData, ReaderMethods } from './reader-worker.ts';
import { WorkerHandle } from './worker-handle.ts';
import { letHeapsGrow } from './worker-heap.ts';
import { WorkerPool } from './worker-pool.ts';
import type { WriterData, WriterEvent, WriterMethods } from './writer-worker.ts';

type Readers = WorkerPool<ReaderMethods>;
type Writer = WorkerHandle<WriterMethods, WriterEvent>;
type Checkpointer = WorkerHandle<CheckpointMethods>;

/** OTLP 1.11, "OTLP/gRPC" and "OTLP/HTTP" message size: a server limits requests after decompression, 64 MiB unless told otherwise. */
const maxPayloadBytes = 64 * 1024 * 1024;

/** Two requests of the largest size, or thousands of usual ones, under way at a time. */
const maxBytesInFlight = 2 * maxPayloadBytes;

/** A second one answers while the first is busy with a large trace. */
const readerPool = { workers: 2, budgetMs: 20_000 };

/**
 * Composition root: receive → decode → store → query. Rejects where the data directory cannot be used (in use, of a newer version, foreign); a taken
 * port is a state in `status()`.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const engine = new RunningEngine(options);
  try {
    await engine.start();
    return engine;
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

class RunningEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #changes = new ChangeFeed();
  readonly #notices = new Notices();
  readonly #doctor = new Doctor();
  readonly imports: Imports;
  readonly #budget = createByteBudget(maxBytesInFlight);
  readonly #receivers: Receivers;
  #writer: Writer | undefined;
  #readers: Readers | undefined;
  #checkpointer: Checkpointer | undefined;
  readonly #checkpoints = new Checkpoints(async () => this.#started(this.#checkpointer).call('run', undefined));
  #beyondLoopback: EngineStatus['beyondLoopback'];
  #stored: EngineStatus['stored'];
  #received = { requests: 0, rejectedRecords: 0, metricPointsNotStored: 0 };

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#stored = { traces: 0, spans: 0, logs: 0, bytes: 0, maxBytes: options.maxStoredBytes };
    const receiver = {
      ingest: (request: ExportRequest) => this.#ingest(request),
      maxPayloadBytes,
      budget: this.#budget,
      onMistake: (mistake: Mistake) => this.#doctor.noteMistake(mistake),
    };
    this.imports = new Imports(this.#importStore(), options.dataDirectory);
    this.#receivers = new Receivers((port) => startReceiver({ ...receiver, port, beyondLoopback: this.#beyondLoopback }));
  }

  async start(): Promise<void> {
    const { dataDirectory, maxStoredBytes, maxAgeMs } = this.#options;
    letHeapsGrow();
    // The others load their code meanwhile, and open what the writer has created or repaired.
    const writer = WorkerHandle.start<WriterMethods, WriterEvent>({
      name: 'writer-worker',
      workerData: { dataDirectory, maxStoredBytes, maxAgeMs } satisfies WriterData,
      onEvent: (event) => this.#onCommit(event),
      onRestart: (reason) => this.#notices.add('writer-restart', 'error', `The store stopped and was started again: ${reason.message}`),
    }).then((handle) => (this.#writer = handle));
    const parts = await Promise.allSettled([
      writer,
      this.#startReaders(writer),
      this.#startCheckpointer(writer),
      writer.then(() => this.#startReceivers()),
      this.imports.start(),
    ]);
    const failed = parts.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  readonly ask: Ask = (question, ...input) => this.#started(this.#readers).call(question, input[0]) as Promise<never>;

  async status(): Promise<EngineStatus> {
    const receivers = this.#receivers.status();
    return {
      version,
      receivers,
      stored: this.#stored,
      received: { ...this.#received },
      ...(this.#beyondLoopback === undefined ? {} : { beyondLoopback: this.#beyondLoopback }),
      dataDirectory: this.#options.dataDirectory,
      notices: this.#notices.list(),
      doctor: this.#doctor.report(receivers),
    };
  }

  onChange(listener: (change: ChangeEvent) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  moveReceiver(protocol: ReceiverProtocol, port: number): Promise<ReceiverStatus> {
    return this.#receivers.move(protocol, port);
  }

  pinTrace(traceId: string, pinned: boolean): Promise<boolean> {
    return this.#started(this.#writer).call('pin', { traceId, pinned });
  }

  async sendSamples(): Promise<string[]> {
    const receiver = this.#receivers.status().find(({ state }) => state === 'listening');
    if (receiver === undefined) throw new Error('Samples are sent to a receiver, and none listens. Give one another port first.');
    return sendSamples(receiver.url);
  }

  selfTest(): Promise<SelfTestReport> {
    const isStored = async (traceId: string, spanId: string): Promise<boolean> =>
      (await this.ask('span', { traceId, spanId })) !== undefined;
    return runSelfTest({ receivers: this.#receivers.status(), isStored });
  }

  async stop(): Promise<void> {
    await Promise.all([this.#receivers.stop(), this.imports.stop()]);
    this.#changes.stop();
    this.#checkpoints.stop();
    // Whoever closes the store last carries everything over, and that is the writer's.
    await Promise.all([this.#readers?.stop(), this.#checkpointer?.stop()]);
    await this.#writer?.stop();
  }

  async #startReaders(opensAfter: Promise<unknown>): Promise<void> {
    this.#readers = await WorkerPool.start<ReaderMethods>(readerPool, {
      name: 'reader-worker',
      workerData: { dataDirectory: this.#options.dataDirectory } satisfies ReaderData,
      opensAfter,
      onEvent: () => undefined,
      onRestart: (reason) => this.#notices.add('reader-restart', 'warning', `A query stopped its worker: ${reason.message}`),
    });
  }

  async #startCheckpointer(opensAfter: Promise<unknown>): Promise<void> {
    this.#checkpointer = await WorkerHandle.start<CheckpointMethods>({
      name: 'checkpoint-worker',
      workerData: { dataDirectory: this.#options.dataDirectory } satisfies CheckpointData,
      opensAfter,
      onEvent: () => undefined,
      onRestart: (reason) =>
        this.#notices.add('checkpoint-restart', 'warning', `The store's housekeeping stopped and was started again: ${reason.message}`),
    });
  }

  async #startReceivers(): Promise<void> {
    await this.#openBeyondLoopback();
    await this.#receivers.start({ grpc: this.#options.grpcPort, http: this.#options.httpPort });
  }

  async #openBeyondLoopback(): Promise<void> {
    const { dataDirectory, listenAddresses = [] } = this.#options;
    if (listenAddresses.length === 0) return;
    this.#beyondLoopback = { addresses: [...listenAddresses], token: await exportToken(dataDirectory) };
    this.#notices.add('beyond-loopback', 'warning', beyondLoopbackWarning(listenAddresses));
  }

  #importStore(): ImportedStore {
    const writer = () => this.#started(this.#writer);
    return {
      begin: (file) => writer().call('beginImport', file),
      recognize: (id, fileHash) => writer().call('recognizeImport', { id, fileHash }),
      ingest: (input) => writer().call('ingest', input),
      finish: (id, report) => writer().call('finishImport', { id, report: JSON.stringify(report) }),
      remove: (id) => writer().call('removeImport', { id }),
      list: () => this.ask('imports'),
    };
  }

  async #ingest(request: ExportRequest): Promise<ExportOutcome> {
    const { signal, encoding, payload } = request;
    this.#received.requests++;
    const input = { signal, encoding, payload, receivedMs: Date.now() };
    try {
      const { outcome, buffer, ...learnt } = await this.#started(this.#writer).call('ingest', input, [payload.buffer]);
      this.#budget.buffers.give(buffer);
      this.#received.metricPointsNotStored += learnt.metricPoints;
      this.#noteOutcome(outcome);
      this.#doctor.noteExport(request, outcome, learnt);
      return outcome;
    } catch (error) {
      return { kind: 'unavailable', message: error instanceof Error ? error.message : String(error) };
    }
  }

  #noteOutcome(outcome: ExportOutcome): void {
    if (outcome.kind === 'accepted') this.#received.rejectedRecords += outcome.rejected;
    if (outcome.kind === 'unavailable')
      this.#notices.add('store-unavailable', 'error', `Telemetry is not being stored: ${outcome.message}`);
    else this.#notices.remove('store-unavailable');
  }

  #onCommit({ counts, notices }: WriterEvent): void {
    this.#stored = { ...counts, maxBytes: this.#options.maxStoredBytes };
    for (const message of notices) this.#notices.add(message, 'warning', message);
    this.#changes.publish(counts);
    this.#checkpoints.noteCommit();
  }

  #started<Handle>(handle: Handle | undefined): Handle {
    if (handle === undefined) throw new Error('The engine has not been started.');
    return handle;
  }
}
