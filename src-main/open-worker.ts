import { parentPort, workerData } from 'node:worker_threads';
import { sendFile } from './open/send-file.ts';
import type { OpenedFile, OpenFileOptions } from './shell/open-file.ts';

/** The desktop's thread for one file that is opened. */
const { file, httpUrl } = workerData as OpenFileOptions;

function tell(opened: OpenedFile): void {
  parentPort?.postMessage(opened);
}

try {
  tell({ kind: 'sent', sent: await sendFile(file, httpUrl) });
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
