import { createHash } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import type { Encoding, Signal } from '#proto/model/batch';
import { decodeLogs, decodeTraces } from '#main/decode/decode';
import { fileChunks } from '#main/open/file-chunks';
import { filePayloads } from '#main/open/file-payloads';
import type { Batch } from '#main/open/merge-json';
import { isProblem, type Format, type Payload, type Problem } from '#main/open/payload';
import { Moved, runWorker } from './worker-protocol.ts';

/** A thread that reads one file. */

export interface ImportData {
  file: string;
}

/** A request of what is in the file. */
export interface FileRequest {
  signal: Signal;
  encoding: Encoding;
  payload: Uint8Array<ArrayBuffer>;
  format: Format;
  /** Where in the file it comes from, for a person. */
  place: string;
  records: number;
  traceIds: string[];
}

export type FilePart =
  | { kind: 'request'; request: FileRequest; bytesRead: number }
  | { kind: 'problem'; problem: Problem; bytesRead: number }
  | { kind: 'end' };

export type ImportMethods = {
  hash: () => Promise<Uint8Array>;
  /** Rejects where the file cannot be read at all. */
  next: () => Promise<Moved<FilePart>>;
  /** What the last request was joined of, one by one: nothing of a request that is refused is stored. One where it was not joined. */
  again: () => Moved<FileRequest[]>;
  /** Of the last request, of which some records were rejected: which of its parts those were in. */
  rejections: () => Rejection[];
};

interface Rejection {
  place: string;
  rejected: number;
  message: string;
}

runWorker(() => {
  const { file } = workerData as ImportData;
  let bytesRead = 0;
  let last: Batch | undefined;
  const parts = filePayloads(file, (bytes) => (bytesRead = bytes));
  return {
    methods: {
      hash: async () => {
        const hash = createHash('sha256');
        for await (const chunk of fileChunks(file)) hash.update(chunk);
        return hash.digest();
      },
      next: async () => {
        const { value, done } = await parts.next();
        if (done === true) return new Moved<FilePart>({ kind: 'end' }, []);
        if (isProblem(value)) return new Moved<FilePart>({ kind: 'problem', problem: value, bytesRead }, []);
        last = value;
        const request = requestOf(value.parts, value.body);
        return new Moved<FilePart>({ kind: 'request', request, bytesRead }, [request.payload.buffer]);
      },
      again: () => {
        const requests = (last?.parts ?? []).map((part) => requestOf([part], part.body));
        return new Moved(
          requests,
          requests.map(({ payload }) => payload.buffer),
        );
      },
      rejections: () => (last?.parts ?? []).map(rejectionOf).filter(({ rejected }) => rejected > 0),
    } satisfies ImportMethods,
    close: async () => void (await parts.return(undefined)),
  };
});

function requestOf(parts: readonly [Payload, ...Payload[]], body: Uint8Array): FileRequest {
  const [{ signal, contentType, format, place }] = parts;
  const to = parts.at(-1)?.place ?? place;
  return {
    signal,
    encoding: contentType === 'application/json' ? 'json' : 'protobuf',
    // A buffer of its own, to be moved.
    payload: new Uint8Array(body),
    format,
    place: to === place ? place : `${place} to ${to}`,
    records: parts.reduce((sum, { content }) => sum + content.records, 0),
    traceIds: [...new Set(parts.flatMap(({ content }) => content.traceIds))],
  };
}

function rejectionOf({ signal, contentType, body, place }: Payload): Rejection {
  if (signal === 'metrics') return { place, rejected: 0, message: '' };
  const decode = signal === 'traces' ? decodeTraces : decodeLogs;
  const { rejected, warnings } = decode(body, contentType === 'application/json' ? 'json' : 'protobuf');
  return { place, rejected, message: warnings.join('; ') };
}
