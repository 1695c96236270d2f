import type { WalkedSpans } from './walked.ts';

/** Columns of a number of spans; the 64-bit ones also as words, which can be written without making a BigInt, low word first. */
export class SpanColumns {
  readonly source: Uint32Array;
  readonly trace: Uint32Array;
  readonly name: Uint32Array;
  readonly statusMessage: Uint32Array;
  readonly kind: Int32Array;
  readonly statusCode: Int32Array;
  readonly eventCount: Uint32Array;
  readonly attributeFrom: Uint32Array;
  readonly textFrom: Uint32Array;
  readonly spanWords: Uint32Array<ArrayBuffer>;
  readonly parentWords: Uint32Array<ArrayBuffer>;
  readonly startWords: Uint32Array<ArrayBuffer>;
  readonly endWords: Uint32Array<ArrayBuffer>;

  constructor(count: number) {
    this.source = new Uint32Array(count);
    this.trace = new Uint32Array(count);
    this.name = new Uint32Array(count);
    this.statusMessage = new Uint32Array(count);
    this.kind = new Int32Array(count);
    this.statusCode = new Int32Array(count);
    this.eventCount = new Uint32Array(count);
    this.attributeFrom = new Uint32Array(count + 1);
    this.textFrom = new Uint32Array(count + 1);
    this.spanWords = new Uint32Array(count * 2);
    this.parentWords = new Uint32Array(count * 2);
    this.startWords = new Uint32Array(count * 2);
    this.endWords = new Uint32Array(count * 2);
  }

  /** Of the first `count` spans. */
  first(count: number): SpanOnlyColumns {
    return {
      source: this.source.subarray(0, count),
      trace: this.trace.subarray(0, count),
      name: this.name.subarray(0, count),
      statusMessage: this.statusMessage.subarray(0, count),
      kind: this.kind.subarray(0, count),
      statusCode: this.statusCode.subarray(0, count),
      eventCount: this.eventCount.subarray(0, count),
      attributeFrom: this.attributeFrom.subarray(0, count + 1),
      textFrom: this.textFrom.subarray(0, count + 1),
      spanIds: new BigUint64Array(this.spanWords.buffer, 0, count),
      parentSpanIds: new BigUint64Array(this.parentWords.buffer, 0, count),
      startNs: new BigUint64Array(this.startWords.buffer, 0, count),
      endNs: new BigUint64Array(this.endWords.buffer, 0, count),
    };
  }
}

type SpanOnlyColumns = Pick<
  WalkedSpans,
  | 'source'
  | 'trace'
  | 'name'
  | 'statusMessage'
  | 'kind'
  | 'statusCode'
  | 'eventCount'
  | 'attributeFrom'
  | 'textFrom'
  | 'spanIds'
  | 'parentSpanIds'
  | 'startNs'
  | 'endNs'
>;
