import { hash } from './hash.ts';
import { logForm, type LogForm } from './log-form.ts';
import { Clock, writeDecimal, writeHex } from './patches.ts';
import { fullExports, spanKey, tracesPerRound } from './span-shape.ts';
import { writeSpanId, writeTraceId } from './span-workload.ts';

export const recordsPerExport = 512;
const services = 10;
const variants = 4;

/** Nanoseconds from one record to the next. */
const recordNs = 10_000;

/** Makes the exports of log records, as `SpanWorkload` makes those of spans; they name spans of that workload. */
export class LogWorkload {
  readonly #clock = new Clock(BigInt(Date.UTC(2026, 0, 5)) * 1_000_000n);
  readonly #forms = new Map<number, LogForm>();

  /** The `number`-th export: of service `number % 10`. */
  export(number: number): Buffer<ArrayBuffer> {
    const form = this.#formOf(number);
    const bytes = Buffer.from(form.bytes);
    this.#fill(bytes, form, number);
    return bytes;
  }

  /** Makes an export into a later one of the same service. */
  renew(bytes: Buffer, made: number, number: number): void {
    this.#fill(bytes, this.#formOf(made), number - (number % services) + (made % services));
  }

  #formOf(number: number): LogForm {
    const service = number % services;
    const variant = Math.trunc(number / services) % variants;
    const key = service * variants + variant;
    let form = this.#forms.get(key);
    if (form === undefined) this.#forms.set(key, (form = logForm(service, variant, recordsPerExport)));
    return form;
  }

  #fill(bytes: Buffer, form: LogForm, number: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const round = Math.trunc(number / services);
    for (let index = 0; index < recordsPerExport; index++) {
      const row = number * recordsPerExport + index;
      const traceNumber = round * tracesPerRound(fullExports) + (hash(row, 31) % tracesPerRound(fullExports));
      this.#clock.write(view, form.time[index] ?? 0, row * recordNs);
      this.#clock.write(view, form.observedTime[index] ?? 0, row * recordNs + 2000);
      writeBodyOrder(bytes, form.bodyOrder[index] ?? 0, row);
      writeDecimal(bytes, form.bodyUser[index] ?? 0, userOfLog(row), 5);
      writeDecimal(bytes, form.bodyMs[index] ?? 0, hash(row, 33) % 1000, 3);
      writeDecimal(bytes, form.thread[index] ?? 0, hash(row, 34) % 64, 3);
      writeTraceId(bytes, form.traceId[index] ?? 0, traceNumber);
      writeSpanId(bytes, form.spanId[index] ?? 0, spanKey({ traceNumber, hop: 0, visit: 0 }));
    }
  }
}

const userOfLog = (row: number): number => hash(row, 32) % 10_000;

/** A word that only the `row`-th record of all has. */
export function orderWord(row: number): string {
  const bytes = Buffer.alloc(12);
  writeBodyOrder(bytes, 0, row);
  return bytes.toString('latin1');
}

function writeBodyOrder(bytes: Uint8Array, at: number, row: number): void {
  writeHex(bytes, at, hash(row, 35), 8);
  writeHex(bytes, at + 8, hash(row, 36), 4);
}
