import { AttributeTable } from './attribute-table.ts';
import { isZero } from './check-link.ts';
import { ValueCheck, verdict } from './check-value.ts';
import { frameOf, type Frame } from './frame.ts';
import { LogNotes } from './log-notes.ts';
import { RowList } from './row-list.ts';
import { Sources } from './sources.ts';
import { TextTable } from './text-table.ts';
import { TraceIds } from './trace-ids.ts';
import { noRow, type WalkedLogs } from './walked.ts';
import { int32Varint, wire, WireField } from './wire-field.ts';

const maxElements = 4_000_000;

export interface LogsWalk {
  walked: WalkedLogs;
  irregular: boolean;
  elements: number;
}

/** Reads log records into columns, as `walkSpans` reads spans: all of them, or those of a part of the bytes' frame. */
export function walkLogs(bytes: Uint8Array, frame = frameOf(bytes)): LogsWalk {
  return walker.walk(bytes, frame);
}

function columnsOf(count: number) {
  const [spanIds, timeNs, observedNs] = [0, 1, 2].map(() => new BigUint64Array(count)) as [Column64, Column64, Column64];
  return {
    spanIds,
    timeNs,
    observedNs,
    spanWords: new Uint32Array(spanIds.buffer),
    timeWords: new Uint32Array(timeNs.buffer),
    observedWords: new Uint32Array(observedNs.buffer),
    source: new Uint32Array(count),
    trace: new Uint32Array(count).fill(noRow),
    severity: new Int32Array(count),
    bodyStart: new Uint32Array(count),
    bodyEnd: new Uint32Array(count),
    attributeFrom: new Uint32Array(count + 1),
    textFrom: new Uint32Array(count + 1),
  };
}

type Column64 = BigUint64Array<ArrayBuffer>;

function keptColumns(columns: ReturnType<typeof columnsOf>, count: number) {
  return {
    spanIds: columns.spanIds.subarray(0, count),
    timeNs: columns.timeNs.subarray(0, count),
    observedNs: columns.observedNs.subarray(0, count),
    source: columns.source.subarray(0, count),
    trace: columns.trace.subarray(0, count),
    severity: columns.severity.subarray(0, count),
    bodyStart: columns.bodyStart.subarray(0, count),
    bodyEnd: columns.bodyEnd.subarray(0, count),
    attributeFrom: columns.attributeFrom.subarray(0, count + 1),
    textFrom: columns.textFrom.subarray(0, count + 1),
  };
}

class LogWalker {
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #check = new ValueCheck(this.#bytes);
  readonly #attributes = new AttributeTable();
  #notes = new LogNotes(this.#bytes, this.#attributes);
  readonly #texts = new TextTable();
  readonly #traces = new TraceIds();
  readonly #attributeRows = new RowList();
  readonly #textRows = new RowList();
  readonly #field = new WireField();
  readonly #noted = new DataView(new ArrayBuffer(24));
  #columns = columnsOf(0);
  #irregular = false;
  #elements = 0;
  #before = 0;

  walk(bytes: Uint8Array, frame: Frame): LogsWalk {
    this.#reset(bytes);
    const sources = new Sources(bytes, frame);
    this.#columns = columnsOf(frame.count);
    this.#irregular = frame.damaged || !sources.areClean;
    const count = this.#records(frame, sources);
    const irregular = this.#irregular || this.#attributes.irregular || this.#texts.irregular;
    const walked = this.#walked(bytes, frame, sources, count);
    this.#reset(new Uint8Array());
    return { walked, irregular, elements: this.#elements };
  }

  #reset(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#bytes = bytes;
    this.#view = view;
    this.#check = new ValueCheck(bytes);
    this.#attributes.reset(bytes, view);
    this.#notes = new LogNotes(bytes, this.#attributes);
    this.#texts.reset(bytes, view);
    this.#traces.reset();
    this.#attributeRows.reset();
    this.#textRows.reset();
    this.#before = 0;
  }

  #records(frame: Frame, sources: Sources): number {
    this.#elements = frame.count * 4;
    for (const [group, { from, to }] of frame.scopes.entries()) {
      if (from === to) continue;
      const namesService = sources.namesService[group] as boolean;
      let impliedService = '';
      let row = -1;
      for (let record = from; record < to; record += 1) {
        if (!this.#record(record, frame.recordStart[record] as number, frame.recordEnd[record] as number)) {
          this.#irregular = true;
          return record;
        }
        const implied = namesService || !this.#notes.areThere ? '' : this.#notes.service();
        if (row < 0 || implied !== impliedService) row = sources.rowOf(group, implied);
        impliedService = implied;
        this.#columns.source[record] = row;
        const source = sources.sources[row];
        if (source) source.count += 1;
      }
    }
    return frame.count;
  }

  #record(record: number, start: number, end: number): boolean {
    const { attributeFrom, textFrom } = this.#columns;
    const from = this.#attributeRows.length;
    if (!this.#log(record, start, end) || this.#attributeRows.length > maxElements) {
      this.#attributeRows.length = from;
      this.#textRows.length = textFrom[record] as number;
      return false;
    }
    this.#before = from;
    attributeFrom[record + 1] = this.#attributeRows.length;
    textFrom[record + 1] = this.#textRows.length;
    return true;
  }

  /** logs.proto `LogRecord`. */
  #log(record: number, from: number, limit: number): boolean {
    const field = this.#field;
    const bytes = this.#bytes;
    const view = this.#view;
    const columns = this.#columns;
    let guess = this.#before;
    let traceAt = -1;
    let spanAt = -1;
    let severityText = 0;
    let eventName = 0;
    this.#attributes.beginList();
    this.#notes.beginRecord();
    for (let pos = from; pos < limit;) {
      if (!field.read(bytes, pos, limit)) return false;
      const { number, type, start, end } = field;
      if ((wireTypes[number] ?? type) !== type) return false;
      switch (number) {
        case 1:
        case 11: {
          const words = number === 1 ? columns.timeWords : columns.observedWords;
          words[2 * record] = view.getUint32(start, true);
          words[2 * record + 1] = view.getUint32(start + 4, true);
          break;
        }
        case 2:
          columns.severity[record] = int32Varint(bytes, start, end);
          break;
        case 3:
          severityText = this.#texts.rowOf(start, end);
          break;
        case 5: {
          const found = this.#check.anyValue(start, end);
          if (found === verdict.damaged) return false;
          if (found === verdict.irregular) this.#irregular = true;
          columns.bodyStart[record] = start;
          columns.bodyEnd[record] = end;
          break;
        }
        case 6: {
          const row = this.#attributes.add(start, end, this.#attributeRows.at(guess));
          if (row === noRow) return false;
          this.#attributeRows.push(row);
          this.#notes.add(row);
          guess += 1;
          break;
        }
        case 9:
          traceAt = this.#idAt(start, end, 16);
          break;
        case 10:
          spanAt = this.#idAt(start, end, 8);
          break;
        case 12:
          eventName = this.#texts.rowOf(start, end);
          break;
        default:
      }
      pos = end;
    }
    if (severityText !== 0) this.#textRows.push(severityText);
    if (eventName !== 0) this.#textRows.push(eventName);
    this.#context(record, traceAt, spanAt);
    return true;
  }

  /** Where an id is; -1 for none, which is also written as zeros. */
  #idAt(start: number, end: number, size: number): number {
    if (end - start !== size) {
      if (end > start) this.#irregular = true;
      return -1;
    }
    return isZero(this.#bytes, start, end) ? -1 : start;
  }

  #context(record: number, traceAt: number, spanAt: number): void {
    const { trace } = this.#columns;
    if (this.#notes.areThere && (traceAt < 0 || spanAt < 0)) {
      this.#contextInNotes(record, traceAt, spanAt);
      return;
    }
    if (traceAt >= 0) trace[record] = this.#traces.rowOf(this.#view, traceAt);
    if (spanAt >= 0) this.#spanId(record, this.#view, spanAt);
  }

  #contextInNotes(record: number, traceAt: number, spanAt: number): void {
    const bytes = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
    const own = (at: number, size: number): string => (at < 0 ? '' : bytes.toString('hex', at, at + size));
    const { traceId, spanId } = this.#notes.context(own(traceAt, 16), own(spanAt, 8));
    const noted = Buffer.from(this.#noted.buffer);
    if (traceId !== '') {
      noted.write(traceId, 0, 'hex');
      this.#columns.trace[record] = this.#traces.rowOf(this.#noted, 0);
    }
    if (spanId !== '') {
      noted.write(spanId, 16, 'hex');
      this.#spanId(record, this.#noted, 16);
    }
  }

  #spanId(record: number, view: DataView, at: number): void {
    const { spanWords } = this.#columns;
    spanWords[2 * record] = view.getUint32(at + 4, false);
    spanWords[2 * record + 1] = view.getUint32(at, false);
  }

  #walked(bytes: Uint8Array, frame: Frame, sources: Sources, count: number): WalkedLogs {
    return {
      bytes,
      count,
      recordStart: frame.recordStart.subarray(0, count),
      recordEnd: frame.recordEnd.subarray(0, count),
      sources: sources.sources,
      traceIds: this.#traces.ids(),
      traceCount: this.#traces.count,
      attributes: this.#attributes.ranges.ranges(),
      attributeRows: this.#attributeRows.rows(),
      texts: this.#texts.ranges.ranges(),
      textRows: this.#textRows.rows(),
      ...keptColumns(this.#columns, count),
    };
  }
}

/** By field number; those of unknown fields do not matter. */
const wireTypes = [
  -1,
  wire.fixed64,
  wire.varint,
  wire.bytes,
  undefined,
  wire.bytes,
  wire.bytes,
  wire.varint,
  wire.fixed32,
  wire.bytes,
  wire.bytes,
  wire.fixed64,
  wire.bytes,
];

const walker = new LogWalker();
