import { isZero } from './check-link.ts';
import { frameOf, type Frame } from './frame.ts';
import { LogColumns } from './log-columns.ts';
import { LogNotes } from './log-notes.ts';
import { RecordTables, type Walk } from './record-tables.ts';
import { Sources } from './sources.ts';
import { noRow, type WalkedLogs } from './walked.ts';
import { int32Varint, WireField } from './wire-field.ts';

/** Reads log records into columns, as `walkSpans` reads spans: all of them, or those of a part of the bytes' frame. */
export function walkLogs(bytes: Uint8Array, frame = frameOf(bytes)): Walk<WalkedLogs> {
  return walker.walk(bytes, frame);
}

class LogWalker {
  readonly #tables = new RecordTables();
  readonly #field = new WireField();
  /** A trace id and a span id that were noted in attributes. */
  readonly #noted = new DataView(new ArrayBuffer(24));
  #notes = new LogNotes(this.#tables);
  #columns = new LogColumns(0);
  /** Texts of the record that is being read, and where its ids are. */
  #severityText = 0;
  #eventName = 0;
  #traceAt = -1;
  #spanAt = -1;

  walk(bytes: Uint8Array, frame: Frame): Walk<WalkedLogs> {
    const tables = this.#tables;
    this.#reset(bytes, frame.count);
    const sources = new Sources(bytes, frame);
    const count = this.#records(frame, sources);
    const walk = tables.finish(frame, sources, count, this.#columns.first(count));
    this.#reset(new Uint8Array(), 0);
    return walk;
  }

  #reset(bytes: Uint8Array, count: number): void {
    this.#tables.reset(bytes);
    this.#notes = new LogNotes(this.#tables);
    this.#columns = new LogColumns(count);
  }

  /** How many could be read. */
  #records(frame: Frame, sources: Sources): number {
    for (const [group, { from, to }] of frame.scopes.entries()) {
      let service: string | undefined;
      let row = 0;
      for (let record = from; record < to; record += 1) {
        if (!this.#record(record, frame.recordStart[record] as number, frame.recordEnd[record] as number)) return record;
        const implied = this.#notes.areThere && !sources.namesService(group) ? this.#notes.service() : '';
        if (implied !== service) row = sources.rowOf(group, implied);
        service = implied;
        this.#columns.source[record] = row;
        sources.count(row);
      }
    }
    return frame.count;
  }

  #record(record: number, start: number, end: number): boolean {
    const { attributeFrom, textFrom } = this.#columns;
    const tables = this.#tables;
    this.#begin();
    if (!this.#log(record, start, end)) {
      tables.cutBack(attributeFrom[record] as number, textFrom[record] as number);
      return false;
    }
    tables.addText(this.#severityText);
    tables.addText(this.#eventName);
    attributeFrom[record + 1] = tables.attributeRows.length;
    textFrom[record + 1] = tables.textCount;
    this.#context(record);
    return true;
  }

  #begin(): void {
    this.#severityText = 0;
    this.#eventName = 0;
    this.#traceAt = -1;
    this.#spanAt = -1;
    this.#notes.beginRecord();
    this.#tables.attributes.beginList();
  }

  /** logs.proto `LogRecord`. */
  #log(record: number, from: number, limit: number): boolean {
    const field = this.#field;
    const { bytes } = this.#tables;
    for (let pos = from; pos < limit;) {
      if (!field.read(bytes, pos, limit)) return false;
      const { number, type, start, end } = field;
      if ((wireTypes[number] ?? type) !== type) return false;
      if (!this.#part(record, number, start, end)) return false;
      pos = end;
    }
    return true;
  }

  /** One field, whose wire type is the right one; false where it is damaged. */
  #part(record: number, number: number, start: number, end: number): boolean {
    const tables = this.#tables;
    const columns = this.#columns;
    switch (number) {
      case 1:
        writeFixed64(columns.timeWords, record, tables.view, start);
        return true;
      case 2:
        columns.severity[record] = int32Varint(tables.bytes, start, end);
        return true;
      case 3:
        this.#severityText = tables.textRow(start, end);
        return true;
      case 5:
        columns.bodyStart[record] = start;
        columns.bodyEnd[record] = end;
        return tables.checkValue(start, end);
      case 6:
        return this.#attribute(start, end);
      case 9:
        this.#traceAt = this.#idAt(start, end, 16);
        return true;
      case 10:
        this.#spanAt = this.#idAt(start, end, 8);
        return true;
      case 11:
        writeFixed64(columns.observedWords, record, tables.view, start);
        return true;
      case 12:
        this.#eventName = tables.textRow(start, end);
        return true;
      default:
        return true;
    }
  }

  #attribute(start: number, end: number): boolean {
    const row = this.#tables.addAttribute(start, end);
    if (row === noRow) return false;
    this.#notes.add(row);
    return true;
  }

  /** Where an id is; -1 for none, which is also written as zeros. */
  #idAt(start: number, end: number, size: number): number {
    if (end - start === size) return isZero(this.#tables.bytes, start, end) ? -1 : start;
    if (end > start) this.#tables.irregular = true;
    return -1;
  }

  #context(record: number): void {
    const { view, traces } = this.#tables;
    if (this.#notes.areThere && (this.#traceAt < 0 || this.#spanAt < 0)) {
      this.#notedContext(record);
      return;
    }
    if (this.#traceAt >= 0) this.#columns.trace[record] = traces.rowOf(view, this.#traceAt);
    if (this.#spanAt >= 0) writeId(this.#columns.spanWords, record, view, this.#spanAt);
  }

  #notedContext(record: number): void {
    const { traceId, spanId } = this.#notes.context(this.#hex(this.#traceAt, 16), this.#hex(this.#spanAt, 8));
    const noted = Buffer.from(this.#noted.buffer);
    noted.write(traceId, 0, 'hex');
    noted.write(spanId, 16, 'hex');
    if (traceId !== '') this.#columns.trace[record] = this.#tables.traces.rowOf(this.#noted, 0);
    if (spanId !== '') writeId(this.#columns.spanWords, record, this.#noted, 16);
  }

  #hex(at: number, size: number): string {
    return at < 0 ? '' : Buffer.from(this.#tables.bytes.subarray(at, at + size)).toString('hex');
  }
}

function writeFixed64(words: Uint32Array, record: number, view: DataView, at: number): void {
  words[2 * record] = view.getUint32(at, true);
  words[2 * record + 1] = view.getUint32(at + 4, true);
}

function writeId(words: Uint32Array, record: number, view: DataView, at: number): void {
  words[2 * record] = view.getUint32(at + 4, false);
  words[2 * record + 1] = view.getUint32(at, false);
}

/** By field number; those of unknown fields do not matter. */
const wireTypes = [-1, 1, 0, 2, undefined, 2, 2, 0, 5, 2, 2, 1, 2];

const walker = new LogWalker();
