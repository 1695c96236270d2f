import { createReadStream } from 'node:fs';

/** Told how many bytes of a file have been read, from its beginning. */
export type OnRead = (bytes: number) => void;

const chunkBytes = 256 * 1024;

export async function* fileChunks(file: string, onRead?: OnRead): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    onRead?.(bytes);
    yield chunk;
  }
}
