import type { IncomingMessage } from 'node:http';
import type { Reservation } from './byte-budget.ts';
import { compressionOf, supportedEncodings } from './decompressors.ts';
import { badData, type Failure, unreadable } from './failure.ts';
import { readPayload, type PayloadResult } from './read-payload.ts';

/** The request's body, decompressed. Whatever is left of a body that was not read to its end is still to come from `request`. */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  reservation: Reservation,
): Promise<Uint8Array<ArrayBuffer> | Failure> {
  const encoding = (request.headers['content-encoding'] ?? '').trim().toLowerCase();
  const result = await (encoding === '' || encoding === 'identity'
    ? readPlain(request, limit, reservation)
    : readCompressed(request, encoding, limit, reservation));
  if (result === undefined) return unsupportedEncoding(encoding);
  return result.kind === 'payload' ? result.payload : unreadable(result, limit);
}

/** 400 as the Collector has it, where HTTP itself would have 415. */
function unsupportedEncoding(encoding: string): Failure {
  const failure = badData(`unsupported Content-Encoding: ${encoding}; supported: ${supportedEncodings.join(', ')}`);
  return { ...failure, mistake: { kind: 'unsupported-compression', detail: encoding } };
}

async function readPlain(request: IncomingMessage, limit: number, reservation: Reservation): Promise<PayloadResult> {
  const { 'content-length': length } = request.headers;
  const announced = length === undefined ? undefined : Number(length);
  if (announced !== undefined && announced > limit) return { kind: 'too-large' };
  return readPayload(request.iterator({ destroyOnReturn: false }), limit, reservation, announced);
}

async function readCompressed(
  request: IncomingMessage,
  encoding: string,
  limit: number,
  reservation: Reservation,
): Promise<PayloadResult | undefined> {
  const compression = compressionOf(encoding);
  if (compression === undefined) return undefined;
  if (!reservation.take(compression.bytes)) return { kind: 'over-budget' };
  const decompressor = compression.create();
  const breakOff = (): void => {
    if (!request.complete) decompressor.destroy(new Error('the body broke off'));
  };
  request.once('close', breakOff);
  request.pipe(decompressor);
  try {
    return await readPayload(decompressor, limit, reservation);
  } finally {
    request.off('close', breakOff);
    request.unpipe(decompressor);
    reservation.give(compression.bytes);
  }
}
