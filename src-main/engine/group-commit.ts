import { createHash } from 'node:crypto';
import { countMetricPoints, decodeLogs, decodeTraces, type MetricCount } from '#main/decode/decode';
import { BadPayloadError } from '#main/decode/bad-payload-error';
import type { Append, TelemetryWriter } from '#main/store/interface';
import type { ExportOutcome, ExportRequest } from '#main/receive/interface';
import { factsOfLogs, factsOfMetrics, factsOfSpans, type ServiceFacts } from './doctor/facts.ts';

/** A request on the writer's thread. The user agent stays behind: nothing here depends on who sent it. */
export interface IngestInput extends Pick<ExportRequest, 'signal' | 'encoding' | 'payload'> {
  receivedNs: bigint;
}

export interface IngestResult {
  outcome: ExportOutcome;
  metricPoints: number;
  /** What the doctor wants to know of each service in the request. */
  facts: ServiceFacts[];
}

interface DecodedRequest {
  append: Append;
  message: string;
  facts: ServiceFacts[];
}

interface Waiting {
  input: IngestInput;
  resolve: (result: IngestResult) => void;
}

/** Bounds how long the first request of a group waits for the last one. */
const maxGroupBytes = 8 * 1024 * 1024;

/**
 * Collects the requests that arrived while the last transaction ran and commits them in one, because a commit costs the same for one request as for fifty.
 * Each is answered after the commit, never before.
 */
export class GroupCommit {
  readonly #writer: TelemetryWriter;
  readonly #afterCommit: () => void;
  #waiting: Waiting[] = [];
  #scheduled = false;

  constructor(writer: TelemetryWriter, afterCommit: () => void) {
    this.#writer = writer;
    this.#afterCommit = afterCommit;
  }

  ingest(input: IngestInput): Promise<IngestResult> {
    return new Promise((resolve) => {
      this.#waiting.push({ input, resolve });
      this.#schedule();
    });
  }

  /** Commits whatever still waits. */
  drain(): void {
    while (this.#waiting.length > 0) this.#commitGroup();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#commitGroup();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  #commitGroup(): void {
    const group = this.#takeGroup();
    const appends: (DecodedRequest & { waiting: Waiting })[] = [];
    for (const waiting of group) {
      const decoded = decode(waiting.input);
      if ('append' in decoded) appends.push({ ...decoded, waiting });
      else waiting.resolve(decoded);
    }
    if (appends.length === 0) return;
    const failures = this.#append(appends.map(({ append }) => append));
    appends.forEach(({ append, waiting, message, facts }, index) => {
      const failure = failures instanceof Error ? failures : failures[index];
      const outcome: ExportOutcome = failure
        ? { kind: 'unavailable', message: failure.message }
        : { kind: 'accepted', rejected: append.records.decoded.rejected, message };
      waiting.resolve({ outcome, metricPoints: 0, facts });
    });
    this.#afterCommit();
  }

  #takeGroup(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { input } of this.#waiting) {
      bytes += input.payload.byteLength;
      if (count > 0 && bytes > maxGroupBytes) break;
      count++;
    }
    return this.#waiting.splice(0, count);
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

function decode(input: IngestInput): DecodedRequest | IngestResult {
  try {
    return decodeSignal(input);
  } catch (error) {
    if (error instanceof BadPayloadError) return { outcome: { kind: 'bad-data', message: error.message }, metricPoints: 0, facts: [] };
    const message = `The request could not be decoded: ${error instanceof Error ? error.message : String(error)}`;
    return { outcome: { kind: 'bad-data', message }, metricPoints: 0, facts: [] };
  }
}

function decodeSignal({ signal, encoding, payload, receivedNs }: IngestInput): DecodedRequest | IngestResult {
  if (signal === 'metrics') return metricsNotStored(countMetricPoints(payload, encoding));
  const records =
    signal === 'traces'
      ? ({ signal, decoded: decodeTraces(payload, encoding) } as const)
      : ({ signal, decoded: decodeLogs(payload, encoding) } as const);
  const { groups, rejected, warnings } = records.decoded;
  const message = warnings.join('; ');
  if (groups.length === 0) return { outcome: { kind: 'accepted', rejected, message }, metricPoints: 0, facts: [] };
  const payloadHash = createHash('sha256').update(payload).digest();
  const facts =
    records.signal === 'traces' ? factsOfSpans(records.decoded.groups, receivedNs) : factsOfLogs(records.decoded.groups, receivedNs);
  return { append: { payloadHash, receivedNs, records }, message, facts };
}

function metricsNotStored(counts: readonly MetricCount[]): IngestResult {
  const metricPoints = counts.reduce((sum, { points }) => sum + points, 0);
  const message = metricPoints === 0 ? '' : `Sidelight does not store metrics yet: ${metricPoints} data points were counted and dropped.`;
  return { outcome: { kind: 'accepted', rejected: 0, message }, metricPoints, facts: factsOfMetrics(counts) };
}
