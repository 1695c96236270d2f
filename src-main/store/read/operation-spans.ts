import type { OperationSpans } from '#proto/analysis/compare-groups';
import { StatusCode } from '#proto/model/span';
import { readText } from '#main/decode/walk/records';
import { durationsOf } from '../index/duration-code.ts';
import type { SpanEntry } from '../index/entries.ts';
import type { TraceOrdinal } from '../interface.ts';
import type { SpanChunks } from './find-traces.ts';
import type { SourceRecords } from './source-records.ts';

/** Spans of some traces by what they do. */
export interface FoundOperations {
  operations: OperationSpans[];
  spanCount: number;
  /** Not all spans were looked at: they, or their operations, are too many. */
  isCut: boolean;
}

/** Names that somebody made unique would otherwise each be an operation. */
const mostOperations = 2000;
/** What an entry has for a kind that it does not know. */
const otherKind = 7;

/**
 * Durations and failures of the spans of `traces`, at most `limit` of them, those of the newest chunks first. Entries tell all of it but the names, within 0.2 % of the durations; of each name one span
 * is looked at.
 */
export function operationSpans(
  traces: ReadonlySet<TraceOrdinal>,
  limit: number,
  chunks: SpanChunks,
  sources: SourceRecords,
): FoundOperations {
  const gathering = new Gathering(traces, limit, chunks, sources);
  for (const chunk of [...chunks.unsealed].toReversed()) gathering.add(chunk.id, chunk.entry);
  const [least, most] = rangeOf(traces);
  for (const group of chunks.groups) {
    if (group.lastOrdinal < least || group.firstOrdinal > most) continue;
    const entries = chunks.entries.of(group.id);
    for (let place = entries.length - 1; place >= 0; place -= 1) gathering.add(group.chunks[place] as number, entries[place] as SpanEntry);
  }
  return gathering.found;
}

function rangeOf(ordinals: ReadonlySet<TraceOrdinal>): [least: TraceOrdinal, most: TraceOrdinal] {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const ordinal of ordinals) [least, most] = [Math.min(least, ordinal), Math.max(most, ordinal)];
  return [least, most];
}

/** Spans of one operation as they are found. */
interface Operation {
  service: string;
  name: string;
  kind: number;
  durationsNs: number[];
  isError: number[];
  trace: TraceOrdinal[];
}

class Gathering {
  readonly #traces: ReadonlySet<TraceOrdinal>;
  readonly #limit: number;
  readonly #contents: SpanChunks['contents'];
  readonly #sources: SourceRecords;
  readonly #operations = new Map<string, Operation>();
  readonly #durations = new Map<number, number>();
  #spanCount = 0;
  #isCut = false;

  constructor(traces: ReadonlySet<TraceOrdinal>, limit: number, { contents }: SpanChunks, sources: SourceRecords) {
    this.#traces = traces;
    this.#limit = limit;
    this.#contents = contents;
    this.#sources = sources;
  }

  get found(): FoundOperations {
    const operations = Array.from(this.#operations.values(), ({ durationsNs, isError, trace, ...operation }) => ({
      ...operation,
      durationsNs: Float64Array.from(durationsNs),
      isError: Uint8Array.from(isError),
      trace: Float64Array.from(trace),
    }));
    return { operations, spanCount: this.#spanCount, isCut: this.#isCut };
  }

  add(chunk: number, entry: SpanEntry): void {
    const isWanted = Uint8Array.from(entry.ordinals, (ordinal) => (this.#traces.has(ordinal) ? 1 : 0));
    if (!isWanted.includes(1)) return;
    const ofChunk = new Map<string, Operation | undefined>();
    let from = 0;
    for (const [run, sourceId] of entry.sourceIds.entries()) {
      const end = entry.sourceEnds[run] as number;
      const { serviceName } = this.#sources.read(sourceId);
      for (let span = from; span < end; span += 1) {
        if (isWanted[entry.trace[span] as number] === 0) continue;
        if (this.#spanCount === this.#limit) this.#isCut = true;
        else this.#count(entry, span, this.#operationOf(ofChunk, serviceName, chunk, entry, span));
      }
      from = end;
    }
  }

  #count(entry: SpanEntry, span: number, operation: Operation | undefined): void {
    if (operation === undefined) return;
    this.#spanCount += 1;
    operation.durationsNs.push(this.#durationOf(entry.duration[span] as number));
    operation.isError.push((entry.bits[span] as number) >>> 3 === StatusCode.error ? 1 : 0);
    operation.trace.push(entry.ordinals[entry.trace[span] as number] as number);
  }

  /** In the middle of what has the code; 0 for spans that end before they start. */
  #durationOf(code: number): number {
    let duration = this.#durations.get(code);
    if (duration === undefined) {
      const { min, max } = durationsOf(code);
      duration = Math.max(0, Math.round((Number(min) + Number(max)) / 2));
      this.#durations.set(code, duration);
    }
    return duration;
  }

  /** `ofChunk`: those that were met in the chunk, whose numbers are shorter keys than hashes. */
  #operationOf(
    ofChunk: Map<string, Operation | undefined>,
    service: string,
    chunk: number,
    entry: SpanEntry,
    span: number,
  ): Operation | undefined {
    const nameRow = entry.name[span] as number;
    const kind = (entry.bits[span] as number) & otherKind;
    const key = `${nameRow} ${kind} ${service}`;
    if (ofChunk.has(key)) return ofChunk.get(key);
    const operation = this.#known(`${entry.names[nameRow] as number} ${kind} ${service}`, service, chunk, span);
    ofChunk.set(key, operation);
    return operation;
  }

  #known(key: string, service: string, chunk: number, span: number): Operation | undefined {
    const known = this.#operations.get(key);
    if (known !== undefined) return known;
    if (this.#operations.size === mostOperations) {
      this.#isCut = true;
      return undefined;
    }
    const walked = this.#contents.of(chunk).excerpt([span]);
    const name = readText(walked, walked.name[0] as number);
    const operation = { service, name, kind: walked.kind[0] as number, durationsNs: [], isError: [], trace: [] };
    this.#operations.set(key, operation);
    return operation;
  }
}
