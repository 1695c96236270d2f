import { parentPort, workerData } from 'node:worker_threads';
import type { Encoding } from '#proto/model/batch';
import { LogRecord } from '#proto/model/log';
import { Span } from '#proto/model/span';
import { BadPayloadError } from '#main/decode/bad-payload-error';
import { countMetricPoints } from '#main/decode/decode';
import { admitLogs, admitTraces } from '#main/decode/walk/admit';
import { readLog, readSpan } from '#main/decode/walk/records';
import { damagedPayloads, type Signal } from './fuzz.fixture.ts';

/** Reads damaged payloads as the engine does, and back what was admitted of them. In a thread of its own, so that what hangs or eats memory can be told. */

export interface FuzzRun {
  signal: Signal;
  encoding: Encoding;
  seed: number;
  count: number;
}

export type FuzzReport =
  | { kind: 'progress' }
  | { kind: 'failed'; error: string; payload: string }
  | { kind: 'done'; admitted: number; refused: number };

const reportEvery = 1000;
/** The model says what a record has to look like, slowly. */
const parseEvery = 16;

function read({ signal, encoding }: FuzzRun, payload: Uint8Array, parse: boolean): number {
  let records = 0;
  if (signal === 'traces') {
    for (const walked of admitTraces(payload, encoding).pieces)
      for (let row = 0; row < walked.count; row += 1, records += 1) {
        const span = readSpan(walked, row);
        if (parse) Span.parse(span);
      }
  } else {
    for (const walked of admitLogs(payload, encoding).pieces)
      for (let row = 0; row < walked.count; row += 1, records += 1) {
        const log = readLog(walked, row);
        if (parse) LogRecord.parse(log);
      }
  }
  return records;
}

function isRefused(attempt: () => unknown): boolean {
  try {
    attempt();
    return false;
  } catch (error) {
    if (error instanceof BadPayloadError) return true;
    throw error;
  }
}

const tell = (report: FuzzReport): void => parentPort?.postMessage(report);

const run = workerData as FuzzRun;
let admitted = 0;
let refused = 0;
let round = 0;
for (const payload of damagedPayloads(run.signal, run.encoding, run.seed, run.count)) {
  round += 1;
  try {
    if (isRefused(() => (admitted += read(run, payload, round % parseEvery === 0)))) refused += 1;
    isRefused(() => countMetricPoints(payload, run.encoding));
  } catch (error) {
    tell({
      kind: 'failed',
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      payload: payload.toString('base64'),
    });
    break;
  }
  if (round % reportEvery === 0) tell({ kind: 'progress' });
}
tell({ kind: 'done', admitted, refused });
