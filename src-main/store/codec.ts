import zlib from 'node:zlib';

/** `chunk.codec`: how the bytes of a chunk are stored. Named for each chunk, since not every runtime carries zstd. */
export const codec = { asIs: 0, zstd: 1, deflate: 2 } as const;

const hasZstd = typeof zlib.zstdCompressSync === 'function';
const zstdLevel = 3;
const deflateLevel = 4;

export interface Compressed {
  codec: number;
  data: Uint8Array;
}

/** With the best codec of this runtime. */
export function compress(bytes: Uint8Array): Compressed {
  if (!hasZstd) return { codec: codec.deflate, data: zlib.deflateRawSync(bytes, { level: deflateLevel }) };
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: zstdLevel };
  // Telemetry shrinks to less than a third, mostly, which then comes in one piece.
  const chunkSize = Math.max(64, Math.ceil(bytes.length / 3));
  return { codec: codec.zstd, data: zlib.zstdCompressSync(bytes, { params, chunkSize }) };
}

/** `rawBytes` is how long the result has to be. Throws where it is not, or the codec is none of ours. */
export function decompress(data: Uint8Array, dataCodec: number, rawBytes: number): Uint8Array {
  const bytes = expand(data, dataCodec, rawBytes);
  if (bytes.length !== rawBytes) throw new Error(`A chunk holds ${bytes.length} bytes instead of ${rawBytes}.`);
  return bytes;
}

function expand(data: Uint8Array, dataCodec: number, rawBytes: number): Uint8Array {
  // One piece of the right size is a third faster than many small ones; zlib refuses less than 64.
  const options = { chunkSize: Math.max(64, rawBytes), maxOutputLength: Math.max(64, rawBytes) };
  if (dataCodec === codec.asIs) return data;
  if (dataCodec === codec.zstd && hasZstd) return zlib.zstdDecompressSync(data, options);
  if (dataCodec === codec.deflate) return zlib.inflateRawSync(data, options);
  throw new Error(`A chunk is compressed with codec ${dataCodec}, which this runtime does not have.`);
}
