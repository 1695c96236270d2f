import { open, type FileHandle } from 'node:fs/promises';
import type { OnRead } from './file-chunks.ts';
import { mostPayloadBytes, UnknownFormatError, type Payload, type Problem } from './payload.ts';
import { protobufContent } from './protobuf-content.ts';

/** Every message of OTLP begins with field 1, length-delimited. */
const firstTag = 0x0a;
const lengthBytes = 4;

/**
 * The payloads of a protobuf file: one message, or, as the Collector's file exporter writes them, messages that each have their length in four bytes before them (big-endian).
 * Throws `UnknownFormatError` where it is neither.
 */
export async function* protobufPayloads(file: string, onRead: OnRead): AsyncGenerator<Payload | Problem> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const [first] = await read(handle, 0, 1);
    if (first === firstTag) yield wholePayload(size, await read(handle, 0, Math.min(size, mostPayloadBytes)));
    else yield* framedPayloads(handle, size, onRead);
  } finally {
    await handle.close();
  }
}

function wholePayload(size: number, body: Uint8Array): Payload {
  if (size > body.length) throw new UnknownFormatError(`one protobuf message can be as large as ${mostPayloadBytes / 1024 ** 2} MiB`);
  const payload = payloadOf(body, 'message 1');
  if (payload === undefined) throw new UnknownFormatError('it is neither JSON nor the protobuf of traces, logs or metrics');
  return payload;
}

async function* framedPayloads(handle: FileHandle, size: number, onRead: OnRead): AsyncGenerator<Payload | Problem> {
  let pos = 0;
  for (let number = 1; pos < size; number++) {
    const place = `message ${number}`;
    const head = await read(handle, pos, lengthBytes);
    const length = head.length < lengthBytes ? Number.POSITIVE_INFINITY : head.readUInt32BE();
    pos += lengthBytes;
    const payload = pos + length > size || length > mostPayloadBytes ? undefined : payloadOf(await read(handle, pos, length), place);
    pos += length;
    onRead(Math.min(pos, size));
    if (payload === undefined && number === 1)
      throw new UnknownFormatError('it is neither JSON nor the protobuf of traces, logs or metrics');
    yield (
      payload ?? { place, message: pos > size ? 'is cut off by the end of the file' : 'is not the protobuf of traces, logs or metrics' }
    );
  }
}

function payloadOf(body: Uint8Array, place: string): Payload | undefined {
  const found = protobufContent(body);
  if (found === undefined) return undefined;
  const { signal, ...content } = found;
  return { signal, contentType: 'application/x-protobuf', format: 'OTLP protobuf', body, place, content };
}

/** Fewer bytes where the file ends before. */
async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
