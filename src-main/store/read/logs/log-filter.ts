import type { Query } from '#proto/model/query';
import type { WalkedLogs } from '#main/decode/walk/walked';
import { rowOfTraceId } from '#main/decode/walk/records';
import type { LogEntry } from '../../index/entries.ts';
import type { LogQuery } from '../../interface.ts';
import { evaluateEntry, verdict } from '../evaluate-entry.ts';
import { evaluateWalked } from '../evaluate-walked.ts';
import type { MatchingSources } from '../source-records.ts';
import type { LogJudge } from './find-logs.ts';
import type { LogChunk } from './log-chunk.ts';

/** All that a `LogQuery` asks of a record, whatever its place in the list. */
export class LogFilter implements LogJudge {
  /** The query with the severity asked for. */
  readonly query: Query;
  /** 16 bytes. */
  readonly traceId: Buffer | undefined;
  readonly #spanId: bigint | undefined;
  readonly #sources: MatchingSources;

  constructor({ query, traceId, spanId, minSeverity }: LogQuery, sources: MatchingSources) {
    this.query = minSeverity === 0 ? query : { kind: 'and', of: [{ kind: 'severity', comparison: '>=', severity: minSeverity }, query] };
    this.traceId = traceId === undefined ? undefined : Buffer.from(traceId, 'hex');
    this.#spanId = spanId === undefined ? undefined : BigInt(`0x${spanId}`);
    this.#sources = sources;
  }

  byEntry(entry: LogEntry): Uint8Array {
    const verdicts = evaluateEntry(this.query, entry, this.#sources);
    if (this.traceId === undefined && this.#spanId === undefined) return verdicts;
    return verdicts.map((one) => (one === verdict.yes ? verdict.maybe : one));
  }

  byBytes(chunk: LogChunk): Uint8Array {
    const walked = chunk.walked();
    if (this.traceId !== undefined && rowOfTraceId(walked, this.traceId) < 0) return new Uint8Array(walked.count);
    const met = evaluateWalked(this.query, walked);
    this.#keepContext(walked, met);
    return met;
  }

  /** The trace and the span in which a record was logged. */
  #keepContext(walked: WalkedLogs, met: Uint8Array): void {
    if (this.traceId !== undefined) {
      const trace = rowOfTraceId(walked, this.traceId);
      for (let row = 0; row < walked.count; row += 1) if (walked.trace[row] !== trace) met[row] = 0;
    }
    if (this.#spanId !== undefined) for (let row = 0; row < walked.count; row += 1) if (walked.spanIds[row] !== this.#spanId) met[row] = 0;
  }
}
