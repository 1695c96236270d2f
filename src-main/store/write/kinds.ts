import { walkLogs } from '#main/decode/walk/walk-logs';
import { walkSpans } from '#main/decode/walk/walk-spans';
import { logRuns, traceArrivals, writeLogRuns, writeTraceArrivals } from '../chunk-rows.ts';
import { logFactsOf, spanFactsOf, type LogFacts, type SpanFacts } from './facts.ts';
import { joinLogs, joinSpans, type LogPiece, type SpanPiece } from './pieces.ts';
import type { Kind, Shelf, ShelvedChunk } from './shelf.ts';

export type SpanChunk = ShelvedChunk<SpanPiece, SpanFacts>;
export type LogChunk = ShelvedChunk<LogPiece, LogFacts>;
export type SpanShelf = Shelf<SpanPiece, SpanFacts>;
export type LogShelf = Shelf<LogPiece, LogFacts>;

export const spanKind: Kind<SpanPiece, SpanFacts> = {
  signal: 'traces',
  join: joinSpans,
  arrivalOf: ({ arrivals }) => writeTraceArrivals(arrivals),
  pieceOf: (stored) => ({ walked: walkSpans(stored.bytes).walked, importId: stored.importId, arrivals: traceArrivals(stored) }),
  factsOf: spanFactsOf,
  traceCount: ({ ordinals }) => ordinals.length,
};

export const logKind: Kind<LogPiece, LogFacts> = {
  signal: 'logs',
  join: joinLogs,
  arrivalOf: ({ runs }) => ({ arrival: writeLogRuns(runs), received: new Uint8Array() }),
  pieceOf: (stored) => ({ walked: walkLogs(stored.bytes).walked, importId: stored.importId, runs: logRuns(stored.arrival) }),
  factsOf: logFactsOf,
  traceCount: ({ index }) => index?.traces.counts.length ?? 0,
};
