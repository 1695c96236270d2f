import { open } from 'node:fs/promises';
import { setTimeout as after } from 'node:timers/promises';
import { version } from '#main/base/version';
import { readAnswer, type Answer } from './answer.ts';
import { jsonPayloads } from './json-payloads.ts';
import { mergeJson, type Batch } from './merge-json.ts';
import { isProblem, UnknownFormatError, type Payload, type Problem } from './payload.ts';
import { protobufPayloads } from './protobuf-payloads.ts';

/** What became of a file. */
export interface SentFile {
  records: { traces: number; logs: number; metrics: number };
  /** Of its spans, first to last; at most `mostTraceIds`. */
  traceIds: string[];
  isMoreTraces: boolean;
  /** What was not taken, at most `mostProblems`; `problemCount` is how many there were. */
  problems: Problem[];
  problemCount: number;
}

export const mostTraceIds = 1_000;
const mostProblems = 10;
const answerMs = 60_000;
/** Many clients send at the same time: Sidelight asks to come back. */
const tryAgain = 503;
const attempts = 10;
const retryMs = 1_000;

/**
 * Sends a file of OTLP (JSON, JSON Lines or protobuf, told apart by what it holds) to a receiver such as `http://localhost:4318`. What is damaged is left out and said. Rejects
 * with `UnknownFormatError`, and with the system's error where the file can't be read or nothing answers.
 */
export async function sendFile(file: string, httpUrl: string): Promise<SentFile> {
  const result = new Result();
  const payloads = (await beginsAsJson(file)) ? jsonPayloads(file) : protobufPayloads(file);
  for await (const batch of mergeJson(payloads)) {
    if (isProblem(batch)) result.addProblem(batch);
    else await sendBatch(httpUrl, batch, result);
  }
  return result.done();
}

async function beginsAsJson(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    if (!(await handle.stat()).isFile()) throw new UnknownFormatError('it is not a regular file');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
    if (bytesRead === 0) throw new UnknownFormatError('it is empty');
    return /^\uFEFF?\s*[{[]/.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Nothing of a request that is refused is stored, so its lines are then sent one by one, to lose only the bad ones. */
async function sendBatch(httpUrl: string, { parts, body }: Batch, result: Result): Promise<void> {
  const answer = await post(httpUrl, parts[0], body);
  const [first, ...more] = parts;
  const place = more.length === 0 ? first.place : `${first.place} to ${more.at(-1)?.place ?? ''}`;
  if (answer.ok) result.addSent(parts, place, answer);
  else if (more.length === 0) result.addProblem({ place, message: `was refused: ${answer.message}` });
  else for (const part of parts) await sendBatch(httpUrl, { parts: [part], body: part.body }, result);
}

async function post(httpUrl: string, payload: Payload, body: Uint8Array): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${httpUrl}/v1/${payload.signal}`, {
      method: 'POST',
      headers: { 'content-type': payload.contentType, 'user-agent': `sidelight-open/${version}` },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(answerMs),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status !== tryAgain || attempt === attempts) return readAnswer(payload, response.ok, bytes);
    await after(retryMs);
  }
}

class Result {
  readonly #records = { traces: 0, logs: 0, metrics: 0 };
  readonly #traceIds = new Set<string>();
  readonly #problems: Problem[] = [];
  #problemCount = 0;
  #isMoreTraces = false;

  addProblem(problem: Problem): void {
    this.#problemCount++;
    if (this.#problems.length < mostProblems) this.#problems.push(problem);
  }

  addSent(parts: readonly Payload[], place: string, { rejected, message }: Answer): void {
    for (const { signal, content } of parts) {
      this.#records[signal] += content.records;
      for (const traceId of content.traceIds) this.#addTrace(traceId);
    }
    const [first] = parts;
    if (rejected === 0 || first === undefined) return;
    // Of metrics, data points are rejected, and metrics are counted.
    if (first.signal !== 'metrics') this.#records[first.signal] -= rejected;
    this.addProblem({ place, message: `${rejected} of its records were rejected: ${message}` });
  }

  done(): SentFile {
    return {
      records: this.#records,
      traceIds: [...this.#traceIds],
      isMoreTraces: this.#isMoreTraces,
      problems: this.#problems,
      problemCount: this.#problemCount,
    };
  }

  #addTrace(traceId: string): void {
    if (this.#traceIds.size < mostTraceIds) this.#traceIds.add(traceId);
    else if (!this.#traceIds.has(traceId)) this.#isMoreTraces = true;
  }
}
