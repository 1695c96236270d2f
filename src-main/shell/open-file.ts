import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SentFile } from '#main/open/send-file';

export interface OpenFileOptions {
  file: string;
  /** Receiver that takes what is in the file. */
  httpUrl: string;
}

/** Thread → shell, once. */
export type OpenedFile = { kind: 'sent'; sent: SentFile } | { kind: 'failed'; message: string };

/** Sends a file to the engine from a thread of its own: the thread that owns windows decodes nothing. Rejects, in words, where nothing of it can be read. */
export async function openFile(worker: URL, options: OpenFileOptions): Promise<SentFile> {
  const thread = new Worker(worker, { workerData: options, name: 'open-file' });
  try {
    const [opened] = (await once(thread, 'message')) as [OpenedFile];
    if (opened.kind === 'failed') throw new Error(opened.message);
    return opened.sent;
  } finally {
    await thread.terminate();
  }
}
