import { fileChunks, type OnRead } from './file-chunks.ts';

export interface FileLine {
  /** From 1. */
  number: number;
  /** Undefined: the line is longer than was asked for. */
  bytes: Buffer | undefined;
}

const lineFeed = 0x0a;

/** The lines of a file, one at a time in memory, and of that one at most `mostBytes`. */
export async function* fileLines(file: string, mostBytes: number, onRead?: OnRead): AsyncGenerator<FileLine> {
  let parts: Buffer[] = [];
  let size = 0;
  let number = 1;
  const take = (): FileLine => {
    const line = { number: number++, bytes: size > mostBytes ? undefined : Buffer.concat(parts) };
    parts = [];
    size = 0;
    return line;
  };
  const add = (part: Buffer): void => {
    size += part.length;
    if (size <= mostBytes) parts.push(part);
    else parts = [];
  };
  for await (const chunk of fileChunks(file, onRead)) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      add(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    add(chunk.subarray(start));
  }
  if (size > 0) yield take();
}
