import { setTimeout as after } from 'node:timers/promises';
import { version } from '#main/base/version';
import type { ConsoleRecord } from './console-record.ts';

/** Scope of what a program printed, by which it can be told apart from what its own logging exports. */
export const consoleScope = 'sidelight.console';

/** What waits to be sent. A program that prints faster than this is taken is not held up: what is beyond it is dropped, and counted. */
const mostWaiting = 20_000;
const mostWaitingChars = 16 * 1024 * 1024;
const batchRecords = 1_000;
const batchDelayMs = 250;
const answerMs = 5_000;

export interface LogSenderOptions {
  /** A receiver, `http://localhost:4318`. */
  httpUrl: string;
  service: string;
  resourceAttributes: ReadonlyMap<string, string>;
}

interface Waiting {
  record: ConsoleRecord;
  chars: number;
}

/** Sends records as OTLP/JSON in batches. One request is under way at a time. */
export class LogSender {
  readonly #url: string;
  readonly #resource: object;
  readonly #waiting: Waiting[] = [];
  readonly #ending = new AbortController();
  #waitingChars = 0;
  #sending: Promise<void> | undefined;
  #sent = 0;
  #dropped = 0;

  constructor({ httpUrl, service, resourceAttributes }: LogSenderOptions) {
    this.#url = `${httpUrl}/v1/logs`;
    const attributes = [['service.name', service] as const, ...resourceAttributes];
    this.#resource = { attributes: attributes.map(([key, stringValue]) => ({ key, value: { stringValue } })) };
  }

  get sent(): number {
    return this.#sent;
  }

  get dropped(): number {
    return this.#dropped;
  }

  /** `chars`: how long the line was. */
  add(record: ConsoleRecord, chars: number): void {
    if (this.#waiting.length >= mostWaiting || this.#waitingChars + chars > mostWaitingChars) {
      this.#dropped++;
      return;
    }
    this.#waiting.push({ record, chars });
    this.#waitingChars += chars;
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined));
  }

  /** Sends what waits, and drops what can't be sent within `deadlineMs`. Nothing may be added any more. */
  async end(deadlineMs: number): Promise<void> {
    this.#ending.abort();
    const deadline = new AbortController();
    // What is given up meanwhile is said by `dropped`.
    await Promise.race([this.#sending, after(deadlineMs, undefined, { signal: deadline.signal }).catch(() => undefined)]);
    deadline.abort();
    this.#dropped += this.#waiting.splice(0).length;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      // A full batch has nothing to wait for, and at the end nothing has.
      if (this.#waiting.length < batchRecords) await after(batchDelayMs, undefined, { signal: this.#ending.signal }).catch(() => undefined);
      const batch = this.#waiting.splice(0, batchRecords);
      for (const { chars } of batch) this.#waitingChars -= chars;
      if (await this.#send(batch.map(({ record }) => record))) this.#sent += batch.length;
      else this.#dropped += batch.length;
    }
  }

  /** Whether it was accepted. A program's output is not worth a second try that would hold up the rest of it. */
  async #send(logRecords: ConsoleRecord[]): Promise<boolean> {
    const scopeLogs = [{ scope: { name: consoleScope, version }, logRecords }];
    const body = JSON.stringify({ resourceLogs: [{ resource: this.#resource, scopeLogs }] });
    const headers = { 'content-type': 'application/json', 'user-agent': `sidelight-run/${version}` };
    try {
      const response = await fetch(this.#url, { method: 'POST', headers, body, signal: AbortSignal.timeout(answerMs) });
      await response.body?.cancel();
      return response.ok;
    } catch {
      // Sidelight was stopped meanwhile, which the program must not notice. The records count as dropped.
      return false;
    }
  }
}
