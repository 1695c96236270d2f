import { open } from 'node:fs/promises';
import type { OnRead } from './file-chunks.ts';
import { fileLines } from './file-lines.ts';
import { documentPayloads } from './json-document.ts';
import { linePayloads } from './json-lines.ts';
import { withoutMark } from './json-text.ts';
import { formatOf, parseExact } from './json-value.ts';
import { mergeJson, type Batch } from './merge-json.ts';
import { mostPayloadBytes, UnknownFormatError, type Payload, type Problem } from './payload.ts';
import { protobufPayloads } from './protobuf-payloads.ts';

/**
 * What is in a file, in its order, as requests of OTLP: the one reading of files there is. The format (OTLP as JSON, JSON Lines or protobuf, Jaeger JSON, Zipkin v2 JSON) is told by what
 * the file holds, never by its name. What is damaged is a problem in its place, and the rest is read. Throws `UnknownFormatError`, and the system's error where the file cannot be read.
 */
export function filePayloads(file: string, onRead: OnRead): AsyncGenerator<Batch | Problem> {
  return mergeJson(payloadsOf(file, onRead));
}

async function* payloadsOf(file: string, onRead: OnRead): AsyncGenerator<Payload | Problem> {
  if (!(await beginsAsJson(file))) yield* protobufPayloads(file, onRead);
  else if (await isLines(file)) yield* linePayloads(file, onRead);
  else yield* documentPayloads(file, onRead);
}

async function beginsAsJson(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    if (!(await handle.stat()).isFile()) throw new UnknownFormatError('it is not a regular file');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    if (bytesRead === 0) throw new UnknownFormatError('it is empty');
    return /^\uFEFF?\s*[{[]/.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** One of the first lines is a document by itself: the first one of JSON Lines may be damaged. */
async function isLines(file: string): Promise<boolean> {
  let looked = 0;
  for await (const { bytes } of fileLines(file, mostPayloadBytes)) {
    // Too long to be looked at as a whole.
    if (bytes === undefined) return false;
    const text = withoutMark(bytes.toString('utf8')).trim();
    if (text === '') continue;
    if (isDocument(text)) return true;
    if (++looked === 2) return false;
  }
  return false;
}

function isDocument(text: string): boolean {
  try {
    return formatOf(parseExact(text)) !== undefined;
  } catch {
    return false;
  }
}
