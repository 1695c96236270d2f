import { createHash } from 'node:crypto';
import type { Encoding } from '#proto/model/batch';
import { countMetricPoints, type MetricCount } from '#main/decode/decode';
import { BadPayloadError } from '#main/decode/bad-payload-error';
import { admitLogs, admitTraces } from '#main/decode/walk/admit';
import type { Append, AppendedRecords, TelemetryWriter } from '#main/store/interface';
import type { ExportOutcome, ExportRequest } from '#main/receive/interface';
import { factsOfLogs, factsOfMetrics, factsOfSpans, type ServiceFacts } from './doctor/facts.ts';
import type { PayloadMark } from './payload-mark.ts';

/** A request on the writer's thread. The user agent stays behind: nothing here depends on who sent it. */
export interface IngestInput extends Pick<ExportRequest, 'signal' | 'encoding' | 'payload'> {
  receivedMs: number;
  /** Of a file; absent for what was received. */
  importId?: number;
}

export interface IngestResult {
  outcome: ExportOutcome;
  metricPoints: number;
  /** What the doctor wants to know of each service in the request. */
  facts: ServiceFacts[];
}

interface Admitted {
  append: Append;
  result: IngestResult;
}

/** A request of traces or of logs. */
interface Signal {
  admitted: { rejected: number; warnings: readonly string[] };
  records: AppendedRecords;
  facts: ServiceFacts[];
}

interface Waiting {
  input: IngestInput;
  resolve: (result: IngestResult) => void;
}

/** Both bound how long the first request of a group waits for the last one. */
const maxGroupBytes = 8 * 1024 * 1024;
const maxAdmitMs = 30;

/**
 * Many services that each send a little do not get a commit each: less than this waits for more, until so long after the last commit. Whoever sends alone, or much, waits for nothing.
 */
const littleBytes = 128 * 1024;
const paceMs = 20;

/**
 * Collects the requests that arrived while the last transaction ran and commits them in one, because a commit costs the same for one request as for fifty.
 * Each is answered after the commit, never before.
 */
export class GroupCommit {
  readonly #writer: Pick<TelemetryWriter, 'append'>;
  readonly #mark: PayloadMark;
  readonly #afterCommit: () => void;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #scheduled: NodeJS.Immediate | undefined;
  #paced: NodeJS.Timeout | undefined;
  #committedMs = Number.NEGATIVE_INFINITY;

  constructor(writer: Pick<TelemetryWriter, 'append'>, mark: PayloadMark, afterCommit: () => void) {
    this.#writer = writer;
    this.#mark = mark;
    this.#afterCommit = afterCommit;
  }

  ingest(input: IngestInput): Promise<IngestResult> {
    return new Promise((resolve) => {
      this.#waiting.push({ input, resolve });
      this.#waitingBytes += input.payload.byteLength;
      this.#schedule();
    });
  }

  /** Commits whatever still waits. */
  drain(): void {
    clearTimeout(this.#paced);
    clearImmediate(this.#scheduled);
    while (this.#waiting.length > 0) this.#commitGroup();
  }

  #schedule(): void {
    if (this.#scheduled !== undefined) return;
    const waitMs = this.#waitingBytes < littleBytes ? this.#committedMs + paceMs - performance.now() : 0;
    if (waitMs > 0) {
      this.#paced ??= setTimeout(() => this.#commitPresently(), waitMs);
      return;
    }
    this.#commitPresently();
  }

  #commitPresently(): void {
    clearTimeout(this.#paced);
    this.#paced = undefined;
    this.#scheduled = setImmediate(() => {
      this.#scheduled = undefined;
      this.#commitGroup();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #commitGroup(): void {
    const group = this.#admitGroup();
    if (group.length === 0) return;
    const failures = this.#append(group.map(({ append }) => append));
    group.forEach(({ waiting, result }, index) => {
      const failure = failures instanceof Error ? failures : failures[index];
      waiting.resolve(failure ? { ...result, outcome: { kind: 'unavailable', message: failure.message } } : result);
    });
    this.#committedMs = performance.now();
    this.#afterCommit();
  }

  /** Those that there is something to store of; the others are answered at once. */
  #admitGroup(): (Admitted & { waiting: Waiting })[] {
    const group: (Admitted & { waiting: Waiting })[] = [];
    const endMs = performance.now() + maxAdmitMs;
    let taken = 0;
    let bytes = 0;
    for (const waiting of this.#waiting) {
      const { byteLength } = waiting.input.payload;
      if (taken > 0 && (bytes + byteLength > maxGroupBytes || performance.now() > endMs)) break;
      taken += 1;
      bytes += byteLength;
      const admitted = admit(waiting.input, this.#mark);
      if ('append' in admitted) group.push({ ...admitted, waiting });
      else waiting.resolve(admitted);
    }
    this.#waiting.splice(0, taken);
    this.#waitingBytes -= bytes;
    return group;
  }

  /** Whatever the store throws is for the client to try again: it has been told nothing yet, so nothing is lost. */
  #append(batch: readonly Append[]): (Error | undefined)[] | Error {
    try {
      return this.#writer.append(batch);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

function admit(input: IngestInput, mark: PayloadMark): Admitted | IngestResult {
  try {
    return admitSignal(input, mark);
  } catch (error) {
    if (error instanceof BadPayloadError) return { outcome: { kind: 'bad-data', message: error.message }, metricPoints: 0, facts: [] };
    const message = `The request could not be decoded: ${error instanceof Error ? error.message : String(error)}`;
    return { outcome: { kind: 'bad-data', message }, metricPoints: 0, facts: [] };
  }
}

function admitSignal({ signal, encoding, payload, receivedMs, importId }: IngestInput, mark: PayloadMark): Admitted | IngestResult {
  if (signal === 'metrics') return metricsNotStored(countMetricPoints(payload, encoding));
  // Before anything is cut out of the payload.
  const payloadHash = importId === undefined ? mark(payload) : markOfImport(mark(payload), importId);
  const { admitted, records, facts } =
    signal === 'traces' ? tracesOf(payload, encoding, receivedMs) : logsOf(payload, encoding, receivedMs);
  const outcome: ExportOutcome = { kind: 'accepted', rejected: admitted.rejected, message: admitted.warnings.join('; ') };
  const result = { outcome, metricPoints: 0, facts };
  return records.pieces.length === 0
    ? result
    : {
        append: { payloadHash, receivedNs: BigInt(receivedMs) * 1_000_000n, records, ...(importId === undefined ? {} : { importId }) },
        result,
      };
}

/** What was received before, or with a file that was removed, is stored again with this one. */
function markOfImport(mark: Uint8Array, importId: number): Uint8Array {
  return createHash('sha256').update(mark).update(`import ${importId}`).digest();
}

function tracesOf(payload: Uint8Array, encoding: Encoding, receivedMs: number): Signal {
  const admitted = admitTraces(payload, encoding);
  const { pieces } = admitted;
  return { admitted, records: { signal: 'traces', pieces }, facts: factsOfSpans(pieces, receivedMs) };
}

function logsOf(payload: Uint8Array, encoding: Encoding, receivedMs: number): Signal {
  const admitted = admitLogs(payload, encoding);
  const { pieces } = admitted;
  return { admitted, records: { signal: 'logs', pieces }, facts: factsOfLogs(pieces, receivedMs) };
}

function metricsNotStored(counts: readonly MetricCount[]): IngestResult {
  const metricPoints = counts.reduce((sum, { points }) => sum + points, 0);
  const message = metricPoints === 0 ? '' : `Sidelight does not store metrics yet: ${metricPoints} data points were counted and dropped.`;
  return { outcome: { kind: 'accepted', rejected: 0, message }, metricPoints, facts: factsOfMetrics(counts) };
}
