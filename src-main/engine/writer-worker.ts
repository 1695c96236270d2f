import { workerData } from 'node:worker_threads';
import { setImmediate as others } from 'node:timers/promises';
import type { NewImport, StoredCounts } from '#main/store/interface';
import { openWriter } from '#main/store/write/writer';
import { GroupCommit, type IngestInput, type IngestResult } from './group-commit.ts';
import { createPayloadMark } from './payload-mark.ts';
import { Moved, runWorker } from './worker-protocol.ts';

/** The one thread that decodes and writes. */

export interface WriterData {
  dataDirectory: string;
  maxStoredBytes: number;
  maxAgeMs: number | undefined;
}

export type WriterMethods = {
  /** The payload's buffer comes back with the result, for another payload. */
  ingest: (input: IngestInput) => Promise<Moved<IngestResult & { buffer: ArrayBuffer }>>;
  pin: (input: { traceId: string; pinned: boolean }) => boolean;
  beginImport: (file: NewImport) => number;
  recognizeImport: (input: { id: number; fileHash: Uint8Array }) => number | undefined;
  finishImport: (input: { id: number; report: string }) => void;
  /** Resolves when all of it is taken out. */
  removeImport: (input: { id: number }) => Promise<void>;
};

/** What is stored after a commit or a prune, and what was noticed when the store was opened. */
export type WriterEvent = { counts: StoredCounts; notices: readonly string[] };

/** Records grow too old while nothing comes in. */
const idlePruneMs = 10_000;

runWorker<WriterEvent>(() => {
  const { dataDirectory, maxStoredBytes, maxAgeMs } = workerData as WriterData;
  const writer = openWriter(dataDirectory, { maxStoredBytes, maxAgeMs });
  let tell: ((event: WriterEvent) => void) | undefined;
  let pruning: NodeJS.Immediate | undefined;

  const report = (): void => tell?.({ counts: writer.counts(), notices: writer.notices });
  // A bounded step at a time, between which the groups that wait are committed.
  const prune = (): void => {
    pruning = undefined;
    if (!writer.prune()) return;
    report();
    prunePresently();
  };
  const prunePresently = (): void => {
    pruning ??= setImmediate(prune);
  };
  const commits = new GroupCommit(writer, createPayloadMark(writer.storeId), () => {
    report();
    prunePresently();
  });
  const idlePrune = setInterval(prunePresently, idlePruneMs);

  return {
    methods: {
      ingest: async (input: IngestInput) => {
        const result = await commits.ingest(input);
        const { buffer } = input.payload;
        return new Moved({ ...result, buffer }, [buffer]);
      },
      pin: ({ traceId, pinned }) => {
        const known = writer.pin(traceId, pinned);
        report();
        return known;
      },
      beginImport: (file) => writer.beginImport(file),
      recognizeImport: ({ id, fileHash }) => writer.recognizeImport(id, fileHash),
      finishImport: ({ id, report: said }) => {
        writer.finishImport(id, said);
        report();
      },
      removeImport: async ({ id }) => {
        while (writer.removeImport(id)) {
          report();
          await others();
        }
        report();
      },
    } satisfies WriterMethods,
    onStarted: (tellOwner) => {
      tell = tellOwner;
      report();
      prunePresently();
    },
    close: () => {
      clearInterval(idlePrune);
      clearImmediate(pruning);
      commits.drain();
      writer.close();
    },
  };
});
