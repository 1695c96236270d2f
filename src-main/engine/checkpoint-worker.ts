import { workerData } from 'node:worker_threads';
import { openCheckpointer } from '#main/store/write/checkpointer';
import { runWorker } from './worker-protocol.ts';

/** The thread that carries committed data over into the database file, so that no commit waits for it. */

export interface CheckpointData {
  dataDirectory: string;
}

export type CheckpointMethods = {
  /** Bytes that could not be carried over yet. */
  run: (input: undefined) => number;
};

runWorker(() => {
  const checkpointer = openCheckpointer((workerData as CheckpointData).dataDirectory);
  return {
    methods: { run: () => checkpointer.run() } satisfies CheckpointMethods,
    close: () => checkpointer.close(),
  };
});
