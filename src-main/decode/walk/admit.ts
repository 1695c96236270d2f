import type { Decoded, Encoding } from '#proto/model/batch';
import { decodeLogs, decodeTraces } from '../decode.ts';
import { checkRecords, checkSources } from '../request-limits.ts';
import { encodeLogs, encodeTraces } from './encode.ts';
import { frameOf, type Frame } from './frame.ts';
import { maxElements, type Walk } from './record-tables.ts';
import { Sources } from './sources.ts';
import { isPiece, split } from './split.ts';
import { walkLogs } from './walk-logs.ts';
import { walkSpans } from './walk-spans.ts';
import type { WalkedLogs, WalkedSpans } from './walked.ts';

/** A request on its way into the store. */
export interface Admitted<W> {
  /** Fit for a chunk each (`split.ts`). */
  pieces: W[];
  rejected: number;
  warnings: string[];
}

/**
 * Takes an `ExportTraceServiceRequest` or `TracesData`. Clean protobuf is stored as it was sent, byte for byte, unknown fields included; anything that has to be rejected, repaired
 * or told goes through the object decoder, and so does JSON. Throws `BadPayloadError` where the payload as a whole is not OTLP.
 */
export function admitTraces(payload: Uint8Array, encoding: Encoding): Admitted<WalkedSpans> {
  const asSent = encoding === 'protobuf' ? admitAsSent(payload, walkSpans) : undefined;
  return asSent ?? admitDecoded(decodeTraces(payload, encoding), encodeTraces, walkSpans);
}

/** Takes an `ExportLogsServiceRequest` or `LogsData`, as `admitTraces` does spans. */
export function admitLogs(payload: Uint8Array, encoding: Encoding): Admitted<WalkedLogs> {
  const asSent = encoding === 'protobuf' ? admitAsSent(payload, walkLogs) : undefined;
  return asSent ?? admitDecoded(decodeLogs(payload, encoding), encodeLogs, walkLogs);
}

type WalkOf<W> = (bytes: Uint8Array, frame?: Frame) => Walk<W>;

/** `undefined` where the request is not clean. */
function admitAsSent<W extends WalkedSpans | WalkedLogs>(payload: Uint8Array, walk: WalkOf<W>): Admitted<W> | undefined {
  const frame = frameOf(payload);
  checkRecords(frame.count);
  if (frame.damaged) return undefined;
  const walks = isPiece(payload, frame) ? [walk(payload, frame)] : walkPieces(payload, frame, walk);
  if (walks === undefined || walks.some(({ irregular }) => irregular)) return undefined;
  if (walks.reduce((sum, { elements }) => sum + elements, 0) > maxElements) return undefined;
  return { pieces: frame.count === 0 ? [] : walks.map(({ walked }) => walked), rejected: 0, warnings: [] };
}

/** Envelopes without records are in no piece, but may be what has to be told about. */
function walkPieces<W extends WalkedSpans | WalkedLogs>(payload: Uint8Array, frame: Frame, walk: WalkOf<W>): Walk<W>[] | undefined {
  return new Sources(payload, frame).areClean ? walkEach(split(payload, frame), walk) : undefined;
}

function admitDecoded<Item, W extends WalkedSpans | WalkedLogs>(
  { groups, rejected, warnings }: Decoded<Item>,
  encode: (groups: Decoded<Item>['groups']) => Uint8Array,
  walk: WalkOf<W>,
): Admitted<W> {
  if (groups.length === 0) return { pieces: [], rejected, warnings };
  const bytes = encode(groups);
  const walks = walkEach(split(bytes, frameOf(bytes)), walk);
  return { pieces: walks.map(({ walked }) => walked), rejected, warnings };
}

function walkEach<W extends WalkedSpans | WalkedLogs>(pieces: readonly Uint8Array[], walk: WalkOf<W>): Walk<W>[] {
  const sources = new Set<string>();
  return pieces.map((piece) => {
    const walked = walk(piece);
    for (const { key } of walked.walked.sources) sources.add(key);
    checkSources(sources.size);
    return walked;
  });
}
