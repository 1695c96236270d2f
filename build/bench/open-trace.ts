import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ReaderMethods } from '#main/engine/reader-worker';
import { WorkerHandle } from '#main/engine/worker-handle';
import { openWriter } from '#main/store/write/writer';
import type { Measurement } from './harness/bench.ts';
import { count } from './harness/figure.ts';
import { median } from './harness/statistics.ts';
import { noLimit, traceAppend } from './harness/stores.ts';
import { bigTraceExports, bigTraceId } from './workload/big-trace.ts';

const traceId = bigTraceId.toString('hex');

/** From asking for a huge trace to having it in another thread: as columns, and as an object a span. */
export const openTrace: Measurement = {
  name: 'open-trace',
  async run(bench) {
    const { exports, spans } = bigTraceExports(bench.sizes.spansOfBigTrace);
    const directory = bench.directory();
    const writer = openWriter(directory, noLimit);
    const failed = exports.flatMap((payload, number) => writer.append([traceAppend(payload, number)])).find((error) => error !== undefined);
    if (failed !== undefined) throw failed;
    writer.close();

    const columns = await columnReader(directory);
    const objects = await objectReader(exports);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round <= bench.sizes.rounds; round++) {
      theirs.push(await timed(() => objects.read(), spans));
      ours.push(await timed(() => columns.read(), spans));
    }
    await columns.stop();
    await objects.stop();
    const [us, them] = [median(ours.slice(1)), median(theirs.slice(1))];
    return [
      {
        what: `open a trace of ${count(spans)} spans, columns / an object a span`,
        measured: us / them,
        unit: 'ratio',
        target: { atMost: 0.1 },
        from: `${us.toFixed(0)} / ${them.toFixed(0)} ms in the thread that asks; the first time ${ours[0]?.toFixed(0)} / ${theirs[0]?.toFixed(0)} ms`,
      },
    ];
  },
};

interface Reader {
  /** How many spans came. */
  read(): Promise<number>;
  stop(): Promise<void>;
}

async function timed(read: () => Promise<number>, expected: number): Promise<number> {
  const started = performance.now();
  const found = await read();
  const milliseconds = performance.now() - started;
  if (found !== expected) throw new Error(`The trace has ${count(expected)} spans, and ${count(found)} came.`);
  return milliseconds;
}

/** The engine's own reader worker, as the engine asks it. */
async function columnReader(dataDirectory: string): Promise<Reader> {
  const worker = await WorkerHandle.start<ReaderMethods>({
    name: 'reader-worker',
    workerData: { dataDirectory },
    onEvent: () => undefined,
    onRestart: (reason) => {
      throw reason;
    },
  });
  return {
    read: async () => (await worker.call('traceColumns', { traceId }))?.parent.length ?? 0,
    stop: () => worker.stop(),
  };
}

/** Has the exports at hand, neither compressed nor in a database. */
async function objectReader(exports: readonly Buffer[]): Promise<Reader> {
  const worker = new Worker(new URL('./processes/object-reader-worker.ts', import.meta.url), { workerData: exports });
  await once(worker, 'online');
  return {
    async read() {
      worker.postMessage(traceId);
      const [spans] = (await once(worker, 'message')) as [unknown[]];
      return spans.length;
    },
    stop: async () => void (await worker.terminate()),
  };
}
