import { noRow, type WalkedLogs } from './walked.ts';

/** Columns of a number of log records, made as `SpanColumns` are. */
export class LogColumns {
  readonly source: Uint32Array;
  readonly trace: Uint32Array;
  readonly severity: Int32Array;
  readonly bodyStart: Uint32Array;
  readonly bodyEnd: Uint32Array;
  readonly attributeFrom: Uint32Array;
  readonly textFrom: Uint32Array;
  readonly spanWords: Uint32Array<ArrayBuffer>;
  readonly timeWords: Uint32Array<ArrayBuffer>;
  readonly observedWords: Uint32Array<ArrayBuffer>;

  constructor(count: number) {
    this.source = new Uint32Array(count);
    this.trace = new Uint32Array(count).fill(noRow);
    this.severity = new Int32Array(count);
    this.bodyStart = new Uint32Array(count);
    this.bodyEnd = new Uint32Array(count);
    this.attributeFrom = new Uint32Array(count + 1);
    this.textFrom = new Uint32Array(count + 1);
    this.spanWords = new Uint32Array(count * 2);
    this.timeWords = new Uint32Array(count * 2);
    this.observedWords = new Uint32Array(count * 2);
  }

  /** Of the first `count` records. */
  first(count: number): LogOnlyColumns {
    return {
      source: this.source.subarray(0, count),
      trace: this.trace.subarray(0, count),
      severity: this.severity.subarray(0, count),
      bodyStart: this.bodyStart.subarray(0, count),
      bodyEnd: this.bodyEnd.subarray(0, count),
      attributeFrom: this.attributeFrom.subarray(0, count + 1),
      textFrom: this.textFrom.subarray(0, count + 1),
      spanIds: new BigUint64Array(this.spanWords.buffer, 0, count),
      timeNs: new BigUint64Array(this.timeWords.buffer, 0, count),
      observedNs: new BigUint64Array(this.observedWords.buffer, 0, count),
    };
  }
}

type LogOnlyColumns = Pick<
  WalkedLogs,
  'source' | 'trace' | 'severity' | 'bodyStart' | 'bodyEnd' | 'attributeFrom' | 'textFrom' | 'spanIds' | 'timeNs' | 'observedNs'
>;
