import type { Query } from '#proto/model/query';
import type { WalkedLogs } from '#main/decode/walk/walked';
import { rowOfTraceId } from '#main/decode/walk/records';
import type { LogEntry } from '../../index/entries.ts';
import type { LogQuery } from '../../interface.ts';
import { evaluateEntry, verdict } from '../evaluate-entry.ts';
import { evaluateWalked } from '../evaluate-walked.ts';
import type { MatchingSources } from '../source-records.ts';
import { clueOfId, cluesOf, type Clue } from './clues.ts';
import type { LogJudge } from './find-logs.ts';
import type { LogChunk } from './log-chunk.ts';
import { narrow } from './narrow.ts';
import { mayShowInNumbers } from './shown-otherwise.ts';

/** From this share of a chunk's records on, all of them are walked: what they have in common is then looked at once. */
const mostOfChunk = 0.5;

/** All that a `LogQuery` asks of a record, whatever its place in the list. */
export class LogFilter implements LogJudge {
  /** The query with the severity asked for. */
  readonly query: Query;
  /** 16 bytes. */
  readonly traceId: Buffer | undefined;
  readonly #spanId: Buffer | undefined;
  readonly #sources: MatchingSources;
  readonly #clues: readonly Clue[];

  constructor({ query, traceId, spanId, minSeverity }: LogQuery, sources: MatchingSources) {
    this.query = minSeverity === 0 ? query : { kind: 'and', of: [{ kind: 'severity', comparison: '>=', severity: minSeverity }, query] };
    this.traceId = traceId === undefined ? undefined : Buffer.from(traceId, 'hex');
    this.#spanId = spanId === undefined ? undefined : Buffer.from(spanId, 'hex');
    this.#sources = sources;
    const ids = [this.#spanId, this.traceId].filter((id) => id !== undefined);
    this.#clues = [...ids.map(clueOfId), ...cluesOf(this.query)];
  }

  byEntry(entry: LogEntry): Uint8Array {
    const verdicts = evaluateEntry(this.query, entry, this.#sources);
    if (this.traceId === undefined && this.#spanId === undefined) return verdicts;
    return verdicts.map((one) => (one === verdict.yes ? verdict.maybe : one));
  }

  byBytes(chunk: LogChunk, verdicts: Uint8Array): Uint8Array {
    const content = chunk.content();
    const rows: number[] = [];
    for (let row = 0; row < verdicts.length; row += 1) if (verdicts[row] === verdict.maybe) rows.push(row);
    const left = narrow(content, rows, this.#cluesIn(chunk));
    if (left.length > verdicts.length * mostOfChunk) return this.#meeting(content.walked);
    const met = new Uint8Array(verdicts.length);
    if (left.length === 0) return met;
    for (const [at, one] of this.#meeting(content.excerpt(left)).entries()) met[left[at] as number] = one;
    return met;
  }

  /** The clues that are good in this chunk. */
  #cluesIn(chunk: LogChunk): Clue[] {
    const { sourceIds, zones } = chunk.entry();
    return this.#clues
      .filter(({ isFolded, ofSources }) => {
        if (isFolded && chunk.hasFoldedLetters()) return false;
        return !ofSources.some((term) => sourceIds.some((id) => this.#sources.sourceMatches(term, id)));
      })
      .map((clue) =>
        clue.shown.length === 0 || chunk.hasOddValues() || mayShowInNumbers(clue.shown, zones) ? clue : { ...clue, shown: [] },
      );
  }

  #meeting(walked: WalkedLogs): Uint8Array {
    const met = evaluateWalked(this.query, walked);
    if (this.traceId !== undefined) {
      const trace = rowOfTraceId(walked, this.traceId);
      for (let row = 0; row < walked.count; row += 1) if (walked.trace[row] !== trace) met[row] = 0;
    }
    if (this.#spanId !== undefined) {
      const spanId = this.#spanId.readBigUInt64BE();
      for (let row = 0; row < walked.count; row += 1) if (walked.spanIds[row] !== spanId) met[row] = 0;
    }
    return met;
  }
}
