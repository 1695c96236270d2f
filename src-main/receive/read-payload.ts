import type { Reservation } from './byte-budget.ts';
import { PayloadCollector } from './payload-collector.ts';

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
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  reservation: Reservation,
  announced?: number,
): Promise<PayloadResult> {
  const collector = new PayloadCollector(limit, reservation, announced);
  try {
    for await (const chunk of chunks) {
      const refusal = collector.add(chunk);
      if (refusal !== undefined) return { kind: refusal };
    }
  } catch (error) {
    return { kind: 'corrupt', message: error instanceof Error ? error.message : String(error) };
  }
  return { kind: 'payload', payload: collector.payload() };
}
