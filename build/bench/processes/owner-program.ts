import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { EngineThreadOptions, FromEngineThread, ToEngineThread } from '#main/shell/engine-thread-protocol';

/** Stands in for the desktop's main thread: starts the engine as it does, has nothing else to do, and says how late its timers were. */

/** Includes the millisecond of the timer itself. */
export interface LoopDelay {
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

const options: EngineThreadOptions = {
  dataDirectory: process.argv[2] ?? '',
  grpcPort: 0,
  httpPort: 0,
  maxStoredBytes: 1e12,
  uiPort: 0,
  token: undefined,
  uiDirectory: 'out/renderer',
};
const engine = new Worker(pathToFileURL('out/main/engine-thread.js'), { workerData: options });
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

engine.on('message', (message: FromEngineThread) => {
  if (message.kind === 'failed') throw new Error(message.message);
  process.send?.({ grpcUrl: message.addresses.grpcUrl });
});
engine.on('exit', () => process.disconnect());

process.on('message', (question: string) => {
  if (question === 'stop') engine.postMessage({ kind: 'stop' } satisfies ToEngineThread);
  if (question === 'report')
    process.send?.({ p50Ms: delay.percentile(50) / 1e6, p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6 });
  if (question === 'reset') {
    delay.reset();
    process.send?.({});
  }
});
