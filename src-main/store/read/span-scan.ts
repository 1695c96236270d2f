import { DistinctRanges } from '#main/decode/walk/distinct-ranges';
import { int32Varint, wire, WireField } from '#main/decode/walk/wire-field';

/** Fields of trace.proto `Span` and `Status`. */
const fields = {
  traceId: 1,
  spanId: 2,
  parentSpanId: 4,
  name: 5,
  kind: 6,
  start: 7,
  end: 8,
  attributes: 9,
  events: 11,
  status: 15,
} as const;
const statusFields = { message: 2, code: 3 } as const;

/**
 * Looks at what a timeline needs of stored spans, one after the other, and steps over all else. A quarter of the work of `walkSpans`, which looks at every attribute. 64-bit numbers are
 * in halves.
 */
export class SpanScan {
  readonly #field = new WireField();
  readonly #inner = new WireField();
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #traceId: Uint8Array = new Uint8Array();
  /** What `name` and `statusMessage` are rows of; row 0 is the empty text. */
  readonly texts = new DistinctRanges();
  spanIdLow = 0;
  spanIdHigh = 0;
  parentLow = 0;
  parentHigh = 0;
  startLow = 0;
  startHigh = 0;
  endLow = 0;
  endHigh = 0;
  name = 0;
  statusMessage = 0;
  kind = 0;
  statusCode = 0;
  eventCount = 0;

  /** What is read from now on is in `bytes`. */
  begin(bytes: Uint8Array, traceId: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#traceId = traceId;
    this.texts.reset(this.#view);
    this.texts.rowOf(0, 0);
  }

  /** Reads the span whose message is from `start` to `end`; false, without more ado, where it is of another trace. */
  read(start: number, end: number): boolean {
    const bytes = this.#bytes;
    const field = this.#field;
    this.#clear();
    for (let pos = start; pos < end;) {
      const tag = bytes[pos] as number;
      const length = bytes[pos + 1] as number;
      // Most fields are this short, and most of those are stepped over.
      if ((tag & 0x87) === wire.bytes && length < 0x80) {
        const from = pos + 2;
        pos = from + length;
        if (tag >>> 3 === fields.attributes) continue;
        if (tag >>> 3 === fields.traceId) {
          if (!this.#isWanted(from, pos)) return false;
        } else this.#takeBytes(tag >>> 3, from, pos);
      } else {
        if (!field.read(bytes, pos, end)) return true;
        pos = field.end;
        if (field.type === wire.bytes) this.#takeBytes(field.number, field.start, pos);
        else this.#takeNumber(field.number, field.start, pos);
      }
    }
    return true;
  }

  #clear(): void {
    this.parentLow = this.parentHigh = 0;
    this.startLow = this.startHigh = 0;
    this.endLow = this.endHigh = 0;
    this.name = this.statusMessage = 0;
    this.kind = this.statusCode = this.eventCount = 0;
  }

  #isWanted(start: number, end: number): boolean {
    const wanted = this.#traceId;
    if (end - start !== wanted.length) return false;
    for (let at = wanted.length - 1; at >= 0; at -= 1) if (this.#bytes[start + at] !== wanted[at]) return false;
    return true;
  }

  #takeBytes(number: number, start: number, end: number): void {
    const view = this.#view;
    switch (number) {
      case fields.spanId:
        this.spanIdHigh = view.getUint32(start);
        this.spanIdLow = view.getUint32(start + 4);
        break;
      case fields.parentSpanId:
        if (end - start !== 8) break;
        this.parentHigh = view.getUint32(start);
        this.parentLow = view.getUint32(start + 4);
        break;
      case fields.name:
        this.name = this.texts.rowOf(start, end);
        break;
      case fields.events:
        this.eventCount += 1;
        break;
      case fields.status:
        this.#status(start, end);
    }
  }

  #takeNumber(number: number, start: number, end: number): void {
    const view = this.#view;
    switch (number) {
      case fields.kind:
        this.kind = int32Varint(this.#bytes, start, end);
        break;
      case fields.start:
        this.startLow = view.getUint32(start, true);
        this.startHigh = view.getUint32(start + 4, true);
        break;
      case fields.end:
        this.endLow = view.getUint32(start, true);
        this.endHigh = view.getUint32(start + 4, true);
    }
  }

  #status(from: number, limit: number): void {
    const field = this.#inner;
    for (let pos = from; pos < limit && field.read(this.#bytes, pos, limit); pos = field.end) {
      if (field.number === statusFields.message) this.statusMessage = this.texts.rowOf(field.start, field.end);
      else if (field.number === statusFields.code) this.statusCode = int32Varint(this.#bytes, field.start, field.end);
    }
  }
}
