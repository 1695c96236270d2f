import type { Walked } from '#main/decode/walk/walked';
import { compressElsewhere, type Compressed } from '../codec.ts';
import type { AppendedRecords } from '../interface.ts';

const largeRecords = 256;
const largeBytes = 256 * 1024;

/** Whether a piece is a chunk of its own, and compressed; smaller ones are joined first. */
export function isLarge({ count, bytes }: Walked): boolean {
  return count >= largeRecords || bytes.length >= largeBytes;
}

/** Compresses on other threads what the writer would have to: a quarter of its work. By their bytes, as `Append` takes them. */
export async function compressLargePieces({ pieces }: AppendedRecords): Promise<ReadonlyMap<Uint8Array, Compressed>> {
  const large = (pieces as readonly Walked[]).filter(isLarge);
  return new Map(await Promise.all(large.map(async ({ bytes }) => [bytes, await compressElsewhere(bytes)] as const)));
}
