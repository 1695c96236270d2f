import { workerData } from 'node:worker_threads';
import { openWriter } from '#main/store/writer';
import type { StoredCounts } from '#main/store/interface';
import { GroupCommit, type IngestInput, type IngestResult } from './group-commit.ts';
import { runWorker } from './worker-protocol.ts';

/** The one thread that decodes and writes. */

export interface WriterData {
  dataDirectory: string;
  maxStoredBytes: number;
  maxAgeMs: number | undefined;
}

export type WriterMethods = {
  ingest: (input: IngestInput) => Promise<IngestResult>;
  pin: (input: { traceId: string; pinned: boolean }) => boolean;
};

/** What is stored after a commit or a prune, and what was noticed when the store was opened. */
export type WriterEvent = { counts: StoredCounts; notices: readonly string[] };

runWorker<WriterEvent>(() => {
  const { dataDirectory, maxStoredBytes } = workerData as WriterData;
  const writer = openWriter(dataDirectory, { maxStoredBytes });
  let tell: ((event: WriterEvent) => void) | undefined;
  let pruning: NodeJS.Immediate | undefined;

  const report = (): StoredCounts => {
    const counts = writer.counts();
    tell?.({ counts, notices: writer.notices });
    return counts;
  };
  const prune = (): void => {
    pruning = writer.prune() ? setImmediate(prune) : undefined;
    report();
  };
  const commits = new GroupCommit(writer, () => {
    if (report().bytes > maxStoredBytes) pruning ??= setImmediate(prune);
  });

  return {
    methods: { ingest: (input: IngestInput) => commits.ingest(input) } satisfies WriterMethods,
    onStarted: (tellOwner) => {
      tell = tellOwner;
      report();
    },
    close: () => {
      clearImmediate(pruning);
      commits.drain();
      writer.close();
    },
  };
});
