import type { Envelope, Frame, ScopeEnvelope } from './frame.ts';
import { ProtobufWriter } from './protobuf-writer.ts';

/** What a piece may hold; one record may be larger. */
const maxPieceRecords = 1024;
const maxPieceBytes = 1 << 20;

/** Tag and length of one message, generously. */
const headerBytes = 8;

/** Neighbouring records of one scope group. */
type Run = ScopeEnvelope;

interface Piece {
  runs: Run[];
  records: number;
  bytes: number;
}

export function isPiece(bytes: Uint8Array, frame: Frame): boolean {
  return bytes.length <= maxPieceBytes && frame.count <= maxPieceRecords;
}

/**
 * A request in pieces of at most `maxPieceRecords` and `maxPieceBytes`: same records, same order, their bytes untouched; envelopes are repeated. Where repeating them would cost more
 * than the request itself (a huge resource, tiny records) it stays whole. `frame` is that of `bytes`, and not damaged.
 */
export function split(bytes: Uint8Array, frame: Frame): Uint8Array[] {
  if (isPiece(bytes, frame)) return [bytes];
  const pieces = plan(frame);
  const planned = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
  if (planned > 2 * bytes.length) return [bytes];
  return pieces.map((piece, index) => write(bytes, frame, piece, index === 0 ? frame.unknown : []));
}

function plan(frame: Frame): Piece[] {
  const pieces: Piece[] = [];
  let piece: Piece | undefined;
  for (const scope of frame.scopes) {
    let run: Run | undefined;
    for (let record = scope.from; record < scope.to; record += 1) {
      const size = (frame.recordEnd[record] as number) - (frame.recordStart[record] as number) + headerBytes;
      if (piece === undefined || piece.records === maxPieceRecords || piece.bytes + size + costOf(scope, piece) > maxPieceBytes) {
        piece = { runs: [], records: 0, bytes: 0 };
        pieces.push(piece);
        run = undefined;
      }
      if (run === undefined) {
        piece.bytes += costOf(scope, piece);
        run = { ...scope, from: record, to: record };
        piece.runs.push(run);
      }
      run.to = record + 1;
      piece.records += 1;
      piece.bytes += size;
    }
  }
  return pieces;
}

/** Bytes of the envelopes that `scope` would bring into `piece`. */
function costOf(scope: ScopeEnvelope, piece: Piece): number {
  const last = piece.runs.at(-1);
  if (last?.scope === scope.scope) return 0;
  return sizeOf(scope.scope) + headerBytes + (last?.resource === scope.resource ? 0 : sizeOf(scope.resource) + headerBytes);
}

function sizeOf(envelope: Envelope): number {
  let size = 0;
  for (let index = 0; index < envelope.length; index += 2) size += (envelope[index + 1] as number) - (envelope[index] as number);
  return size;
}

/** Last to first, as `ProtobufWriter` wants it. */
function write(bytes: Uint8Array, frame: Frame, { runs }: Piece, unknown: Envelope): Uint8Array {
  const writer = new ProtobufWriter();
  writeEnvelope(writer, bytes, unknown);
  let outer = 0;
  for (let index = runs.length - 1; index >= 0; index -= 1) {
    const run = runs[index] as Run;
    if (runs[index + 1]?.resource !== run.resource) outer = writer.length;
    const inner = writer.length;
    for (let record = run.to - 1; record >= run.from; record -= 1) {
      writer.bytes(2, bytes.subarray(frame.recordStart[record], frame.recordEnd[record]));
    }
    writeEnvelope(writer, bytes, run.scope);
    writer.enclose(2, inner);
    if (runs[index - 1]?.resource === run.resource) continue;
    writeEnvelope(writer, bytes, run.resource);
    writer.enclose(1, outer);
  }
  return writer.finish();
}

function writeEnvelope(writer: ProtobufWriter, bytes: Uint8Array, envelope: Envelope): void {
  for (let index = envelope.length - 2; index >= 0; index -= 2) writer.raw(bytes.subarray(envelope[index], envelope[index + 1]));
}
