import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

const chunkSize = 64 * 1024;

/** Of the default import's properties, because a runtime whose zlib has no zstd could not even load a named import. */
const decompressors = new Map<string, () => Transform>([
  ['gzip', () => zlib.createGunzip({ chunkSize })],
  ['deflate', () => zlib.createInflate({ chunkSize })],
]);

// RFC 9659 allows a window of 8 MB; without the limit, a few bytes could ask for 128 MB.
const zstdParams = { [zlib.constants.ZSTD_d_windowLogMax]: 23 };
if ('createZstdDecompress' in zlib) decompressors.set('zstd', () => zlib.createZstdDecompress({ chunkSize, params: zstdParams }));

/** A decompressing stream for the name that HTTP and gRPC give a compression, or `undefined` for one that we do not have. */
export function createDecompressor(encoding: string): Transform | undefined {
  return decompressors.get(encoding)?.();
}

export const supportedEncodings: readonly string[] = [...decompressors.keys()];
