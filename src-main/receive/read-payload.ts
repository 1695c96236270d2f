import type { Reservation } from './byte-budget.ts';

/** Every byte of a payload, or the reason why it could not be had. */
export type PayloadResult =
  | { kind: 'payload'; payload: Uint8Array<ArrayBuffer> }
  | { kind: 'too-large' }
  | { kind: 'over-budget' }
  | { kind: 'corrupt'; message: string };

/**
 * Collects decompressed chunks, counted against `limit` and taken from the budget as they come: a decompression bomb is given up at the limit, not after it.
 * An error of the stream is the client's: a body that does not decompress, or that breaks off.
 */
export async function readPayload(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  limit: number,
  reservation: Reservation,
): Promise<PayloadResult> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > limit) return { kind: 'too-large' };
      if (!reservation.take(chunk.length)) return { kind: 'over-budget' };
      parts.push(chunk);
    }
  } catch (error) {
    return { kind: 'corrupt', message: error instanceof Error ? error.message : String(error) };
  }
  return { kind: 'payload', payload: join(parts, size) };
}

/** On memory of its own: Node's small buffers share theirs, and could not be transferred to another thread. */
function join(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    payload.set(part, offset);
    offset += part.length;
  }
  return payload;
}
