import type { Decoded, Encoding } from '#proto/model/batch';
import { decodeLogs, decodeTraces } from '../decode.ts';
import { encodeLogs, encodeTraces } from './encode.ts';
import { frameOf } from './frame.ts';
import { Sources } from './sources.ts';
import { maxPieceBytes, maxPieceRecords, split } from './split.ts';
import { walkLogs } from './walk-logs.ts';
import { walkSpans } from './walk-spans.ts';
import type { WalkedLogs, WalkedSpans } from './walked.ts';

/** A request on its way into the store. */
export interface Admitted<W> {
  /** Of at most `maxPieceRecords` records and `maxPieceBytes` each, unless one record is larger. */
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

interface Walk<W> {
  walked: W;
  irregular: boolean;
  elements: number;
}

/** `undefined` where the request is not clean. */
function admitAsSent<W extends WalkedSpans | WalkedLogs>(
  payload: Uint8Array,
  walk: (bytes: Uint8Array) => Walk<W>,
): Admitted<W> | undefined {
  if (payload.length <= maxPieceBytes) {
    const { walked, irregular } = walk(payload);
    if (irregular) return undefined;
    if (walked.count <= maxPieceRecords) return { pieces: walked.count === 0 ? [] : [walked], rejected: 0, warnings: [] };
  }
  const frame = frameOf(payload);
  if (frame.damaged || !new Sources(payload, frame).areClean) return undefined;
  const walks = split(payload, frame).map(walk);
  if (walks.some(({ irregular }) => irregular) || walks.reduce((sum, { elements }) => sum + elements, 0) > maxElements) return undefined;
  return { pieces: walks.map(({ walked }) => walked), rejected: 0, warnings: [] };
}

function admitDecoded<Item, W extends WalkedSpans | WalkedLogs>(
  { groups, rejected, warnings }: Decoded<Item>,
  encode: (groups: Decoded<Item>['groups']) => Uint8Array,
  walk: (bytes: Uint8Array) => Walk<W>,
): Admitted<W> {
  if (groups.length === 0) return { pieces: [], rejected, warnings };
  const bytes = encode(groups);
  const pieces = split(bytes, frameOf(bytes)).map((piece) => walk(piece).walked);
  return { pieces, rejected, warnings };
}

/** What the object decoder bounds (`protobuf/wire-reader.ts`). */
const maxElements = 4_000_000;
