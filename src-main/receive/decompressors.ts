import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

const chunkSize = 64 * 1024;
const mebibyte = 1024 * 1024;

interface Compression {
  create: () => Transform;
  /** What a stream of it holds besides its result, at most: the window that it looks back into, its buffers, and what waits to be decompressed. */
  bytes: number;
}

/** Of the default import's properties, because a runtime whose zlib has no zstd could not even load a named import. */
const compressions = new Map<string, Compression>([
  ['gzip', { create: () => zlib.createGunzip({ chunkSize }), bytes: mebibyte }],
  ['deflate', { create: () => zlib.createInflate({ chunkSize }), bytes: mebibyte }],
]);

// RFC 9659 allows a window of 8 MB; without the limit, a few bytes could ask for 128 MB.
const zstdParams = { [zlib.constants.ZSTD_d_windowLogMax]: 23 };
if ('createZstdDecompress' in zlib) {
  compressions.set('zstd', { create: () => zlib.createZstdDecompress({ chunkSize, params: zstdParams }), bytes: 9 * mebibyte });
}

/** The compression of that name, which HTTP and gRPC give it alike, or `undefined` for one that we do not have. */
export function compressionOf(encoding: string): Compression | undefined {
  return compressions.get(encoding);
}

export const supportedEncodings: readonly string[] = [...compressions.keys()];
