import { Clock, writeDecimal, writeHex, writeVarint3 } from './patches.ts';
import { hash } from './hash.ts';
import { spanForm, type SpanForm } from './span-form.ts';
import {
  cartValueOf,
  durationNs,
  fullExports,
  orderOf,
  sizeOf,
  spanKey,
  startOffsetNs,
  tenantOf,
  tracesOfService,
  tracesPerRound,
  userOf,
  type SpanPlace,
  type SpanShape,
} from './span-shape.ts';

/** Different stack traces and statuses an export of a service can have. */
const variants = 4;

/** Makes the exports of the workload, numbered from 0; any of them at any time, and each the same every time. About 0.5 µs a span. */
export class SpanWorkload {
  readonly shape: SpanShape;
  readonly #clock: Clock;
  readonly #forms = new Map<number, SpanForm>();
  readonly #traces: readonly { traceInRound: number; hop: number }[][];

  constructor(shape: SpanShape = fullExports, baseNs = BigInt(Date.UTC(2026, 0, 5)) * 1_000_000n) {
    this.shape = shape;
    this.#clock = new Clock(baseNs);
    this.#traces = Array.from({ length: shape.services }, (_, service) => tracesOfService(shape, service));
  }

  /** The `number`-th export: of service `number % services`. */
  export(number: number): Buffer<ArrayBuffer> {
    const form = this.#formOf(number);
    const bytes = Buffer.from(form.bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let index = 0; index < this.shape.spansPerExport; index++) {
      const place = this.placeOf(number, index);
      writeIdentity(bytes, form, index, place);
      this.#writeTimes(view, form, index, place);
      writeAttributes(bytes, view, form, index, spanKey(place));
    }
    return bytes;
  }

  /** Makes export `made` into another one for a receiver to take as new: ids and times of export `number`, the attributes stay. A fifth of the work. */
  renew(bytes: Buffer, made: number, number: number): void {
    const form = this.#formOf(made);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // Only an export of the same service fills the same places.
    const alike = number - (number % this.shape.services) + (made % this.shape.services);
    for (let index = 0; index < this.shape.spansPerExport; index++) {
      const place = this.placeOf(alike, index);
      writeIdentity(bytes, form, index, place);
      this.#writeTimes(view, form, index, place);
    }
  }

  /** Lets a share of the traces of export `number` be one trace, with many roots; how many spans of it the export holds. */
  joinTrace(bytes: Buffer, number: number, traceNumber: number, share: number): number {
    const form = this.#formOf(number);
    let joined = 0;
    for (let index = 0; index < this.shape.spansPerExport; index++) {
      const inRound = this.placeOf(number, index).traceNumber % tracesPerRound(this.shape);
      if (inRound >= share * tracesPerRound(this.shape)) continue;
      writeTraceId(bytes, form.traceId[index] ?? 0, traceNumber);
      joined++;
    }
    return joined;
  }

  placeOf(number: number, index: number): SpanPlace {
    const traces = this.#traces[number % this.shape.services] ?? [];
    const { traceInRound, hop } = traces[index % traces.length] ?? { traceInRound: 0, hop: 0 };
    const round = Math.trunc(number / this.shape.services);
    return { traceNumber: round * tracesPerRound(this.shape) + traceInRound, hop, visit: Math.trunc(index / traces.length) };
  }

  #formOf(number: number): SpanForm {
    const service = number % this.shape.services;
    const variant = Math.trunc(number / this.shape.services) % variants;
    const key = service * variants + variant;
    let form = this.#forms.get(key);
    if (form === undefined) this.#forms.set(key, (form = spanForm(this.shape, service, variant)));
    return form;
  }

  #writeTimes(view: DataView, form: SpanForm, index: number, place: SpanPlace): void {
    const start = startOffsetNs(place);
    const end = start + durationNs(spanKey(place));
    this.#clock.write(view, form.start[index] ?? 0, start);
    this.#clock.write(view, form.end[index] ?? 0, end);
    const event = form.eventTime[index] ?? -1;
    if (event >= 0) this.#clock.write(view, event, end);
  }
}

/** Hex, as the bridge writes it. */
export function traceIdOf(traceNumber: number): string {
  const bytes = Buffer.alloc(16);
  writeTraceId(bytes, 0, traceNumber);
  return bytes.toString('hex');
}

export function writeTraceId(bytes: Uint8Array, at: number, traceNumber: number): void {
  for (let word = 0; word < 4; word++) writeWord(bytes, at + 4 * word, hash(traceNumber, 101 + word));
}

export function writeSpanId(bytes: Uint8Array, at: number, key: number): void {
  writeWord(bytes, at, hash(key, 111));
  writeWord(bytes, at + 4, hash(key, 112));
}

/** As `order.id` has it: 12 hex digits. */
export function orderId(key: number): string {
  const bytes = Buffer.alloc(12);
  writeOrder(bytes, 0, key);
  return bytes.toString('latin1');
}

function writeOrder(bytes: Uint8Array, at: number, key: number): void {
  writeHex(bytes, at, orderOf(key), 8);
  writeHex(bytes, at + 8, hash(key, 19), 4);
}

function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word;
  bytes[at + 1] = word >>> 8;
  bytes[at + 2] = word >>> 16;
  bytes[at + 3] = word >>> 24;
}

function writeIdentity(bytes: Uint8Array, form: SpanForm, index: number, place: SpanPlace): void {
  const { traceNumber, hop, visit } = place;
  writeTraceId(bytes, form.traceId[index] ?? 0, traceNumber);
  writeSpanId(bytes, form.spanId[index] ?? 0, spanKey(place));
  const parent = form.parentSpanId[index] ?? -1;
  if (parent >= 0)
    writeSpanId(bytes, parent, spanKey(visit > 0 ? { traceNumber, hop, visit: 0 } : { traceNumber, hop: hop - 1, visit: 1 }));
}

function writeAttributes(bytes: Uint8Array, view: DataView, form: SpanForm, index: number, key: number): void {
  writeDecimal(bytes, form.user[index] ?? 0, userOf(key), 5);
  writeOrder(bytes, form.order[index] ?? 0, key);
  writeDecimal(bytes, form.tenant[index] ?? 0, tenantOf(key), 3);
  writeVarint3(bytes, form.size[index] ?? 0, sizeOf(key));
  view.setFloat64(form.cartValue[index] ?? 0, cartValueOf(key), true);
}
