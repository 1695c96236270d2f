import { AttributeTable } from './attribute-table.ts';
import { LinkCheck } from './check-link.ts';
import { verdict } from './check-value.ts';
import { frameOf, type Frame } from './frame.ts';
import { LinkList } from './link-list.ts';
import { RecordTables, type Walk } from './record-tables.ts';
import { Sources } from './sources.ts';
import { SpanColumns } from './span-columns.ts';
import { noRow, type WalkedSpans } from './walked.ts';
import { endOfVarint, int32Varint, smallVarint, wire, WireField } from './wire-field.ts';

/**
 * Reads spans into columns: all of them, or those of a part of the bytes' frame. Never throws; its time and memory are linear in the size of `bytes`, which may hold anything.
 */
export function walkSpans(bytes: Uint8Array, frame = frameOf(bytes)): Walk<WalkedSpans> {
  return walker.walk(bytes, frame);
}

class SpanWalker {
  readonly #tables = new RecordTables();
  readonly #linkAttributes = new AttributeTable();
  readonly #linkCheck = new LinkCheck();
  readonly #links = new LinkList();
  readonly #field = new WireField();
  #columns = new SpanColumns(0);

  walk(bytes: Uint8Array, frame: Frame): Walk<WalkedSpans> {
    const tables = this.#tables;
    this.#reset(bytes, frame.count);
    const sources = new Sources(bytes, frame);
    const count = this.#records(frame, sources);
    const walk = tables.finish(frame, sources, count, { ...this.#columns.first(count), links: this.#links.ofFirst(count) });
    this.#reset(new Uint8Array(), 0);
    return walk;
  }

  #reset(bytes: Uint8Array, count: number): void {
    this.#tables.reset(bytes);
    this.#linkAttributes.reset(bytes, this.#tables.view);
    this.#links.reset();
    this.#columns = new SpanColumns(count);
  }

  /** How many could be read. */
  #records(frame: Frame, sources: Sources): number {
    for (const [group, { from, to }] of frame.scopes.entries()) {
      if (from === to) continue;
      const row = sources.rowOf(group, '');
      this.#columns.source.fill(row, from, to);
      for (let record = from; record < to; record += 1) {
        if (!this.#record(record, frame.recordStart[record] as number, frame.recordEnd[record] as number)) return record;
        sources.count(row);
      }
    }
    return frame.count;
  }

  #record(record: number, start: number, end: number): boolean {
    const { name, statusMessage, attributeFrom, textFrom } = this.#columns;
    const tables = this.#tables;
    if (!this.#span(record, start, end)) {
      tables.cutBack(attributeFrom[record] as number, textFrom[record] as number);
      return false;
    }
    tables.addText(name[record] as number);
    tables.addText(statusMessage[record] as number);
    attributeFrom[record + 1] = tables.attributeRows.length;
    textFrom[record + 1] = tables.textCount;
    return true;
  }

  /** trace.proto `Span`. What the senders of the world write takes the branches for tags and lengths of one or two bytes. */
  #span(record: number, start: number, end: number): boolean {
    const tables = this.#tables;
    const columns = this.#columns;
    const { bytes, view } = tables;
    let traceAt = -1;
    let spanAt = -1;
    let hasEvents = false;
    tables.attributes.beginList();
    for (let pos = start; pos < end;) {
      // A field takes two bytes at least.
      if (pos + 2 > end) return false;
      const tag = bytes[pos] as number;
      let size = bytes[pos + 1] as number;
      pos += 2;
      if ((tag & 0x87) === wire.bytes) {
        if (size > 0x7f) {
          const from = endOfVarint(bytes, pos - 1, end);
          if (from < 0) return false;
          size = from === pos + 1 ? (size & 0x7f) | ((bytes[pos] as number) << 7) : smallVarint(bytes, pos - 1, from);
          if (size < 0) return false;
          pos = from;
        }
        const to = pos + size;
        if (to > end) return false;
        if (tag === 0x4a) {
          if (tables.addAttribute(pos, to) === noRow) return false;
          // Its list has ended already, as far as duplicate keys go.
          if (hasEvents) tables.irregular = true;
        } else if (tag === 0x0a) traceAt = size === 16 ? pos : -1;
        else if (tag === 0x12) spanAt = size === 8 ? pos : -1;
        else {
          hasEvents ||= tag === 0x5a;
          if (!this.#part(record, tag >>> 3, pos, to)) return false;
        }
        pos = to;
      } else if (tag === 0x39 || tag === 0x41) {
        pos += 7;
        if (pos > end) return false;
        const words = tag === 0x39 ? columns.startWords : columns.endWords;
        words[2 * record] = view.getUint32(pos - 8, true);
        words[2 * record + 1] = view.getUint32(pos - 4, true);
      } else if (tag === 0x30 && size < 0x80) columns.kind[record] = size;
      else {
        pos = this.#rareField(record, pos - 2, end);
        if (pos < 0) return false;
      }
    }
    return this.#ids(record, traceAt, spanAt);
  }

  /** The other length-delimited fields; false where the span is damaged. */
  #part(record: number, number: number, start: number, end: number): boolean {
    const tables = this.#tables;
    const columns = this.#columns;
    switch (number) {
      case 3:
        tables.checkText(start, end);
        return true;
      case 4:
        this.#parent(record, start, end - start);
        return true;
      case 5:
        columns.name[record] = tables.textRow(start, end);
        return true;
      case 11:
        columns.eventCount[record] = (columns.eventCount[record] as number) + 1;
        return this.#event(start, end);
      case 13:
        return this.#link(record, start, end);
      case 15:
        return this.#status(record, start, end);
      default:
        return false;
    }
  }

  /** Fields of other forms; where the next one starts, -1 where the span is damaged. */
  #rareField(record: number, pos: number, limit: number): number {
    const field = this.#field;
    const { bytes } = this.#tables;
    if (!field.read(bytes, pos, limit)) return -1;
    const { number, type, start, end } = field;
    if (number > 16) return end;
    if (type !== wireTypes[number]) return -1;
    if (number === 6) this.#columns.kind[record] = int32Varint(bytes, start, end);
    // Of these only tags that are longer than they need be come here.
    else if (type === wire.bytes || type === wire.fixed64) this.#tables.irregular = true;
    return end;
  }

  #ids(record: number, traceAt: number, spanAt: number): boolean {
    if (traceAt < 0 || spanAt < 0) return false;
    const { view, traces } = this.#tables;
    const { trace, spanWords } = this.#columns;
    const high = view.getUint32(spanAt, false);
    const low = view.getUint32(spanAt + 4, false);
    const row = traces.rowOf(view, traceAt);
    if ((high | low) === 0 || row === noRow) return false;
    spanWords[2 * record] = low;
    spanWords[2 * record + 1] = high;
    trace[record] = row;
    return true;
  }

  /** Empty and zero mean a root. */
  #parent(record: number, pos: number, size: number): void {
    const { parentWords } = this.#columns;
    const { view } = this.#tables;
    if (size !== 8 && size !== 0) this.#tables.irregular = true;
    parentWords[2 * record] = size === 8 ? view.getUint32(pos + 4, false) : 0;
    parentWords[2 * record + 1] = size === 8 ? view.getUint32(pos, false) : 0;
  }

  /** trace.proto `Span.Event`. */
  #event(from: number, limit: number): boolean {
    const field = this.#field;
    const tables = this.#tables;
    let name = 0;
    tables.parts += 1;
    tables.attributes.beginList();
    for (let pos = from; pos < limit;) {
      if (!field.read(tables.bytes, pos, limit)) return false;
      const { number, type, start, end } = field;
      if ((eventWireTypes[number] ?? type) !== type) return false;
      if (number === 2) name = tables.textRow(start, end);
      else if (number === 3 && tables.addAttribute(start, end) === noRow) return false;
      pos = end;
    }
    tables.addText(name);
    return true;
  }

  #link(record: number, start: number, end: number): boolean {
    const tables = this.#tables;
    const check = this.#linkCheck;
    const found = check.link(tables.bytes, start, end, this.#linkAttributes);
    if (found !== verdict.clean) tables.irregular = true;
    if (check.traceAt > 0) this.#links.push(record, check.traceAt, check.spanAt);
    tables.parts += 1;
    tables.hasNested = true;
    return found !== verdict.damaged;
  }

  /** trace.proto `Status`. */
  #status(record: number, from: number, limit: number): boolean {
    const field = this.#field;
    const tables = this.#tables;
    for (let pos = from; pos < limit; pos = field.end) {
      if (!field.read(tables.bytes, pos, limit)) return false;
      const { number, type, start, end } = field;
      if ((statusWireTypes[number] ?? type) !== type) return false;
      if (number === 2) this.#columns.statusMessage[record] = tables.textRow(start, end);
      else if (number === 3) this.#columns.statusCode[record] = int32Varint(tables.bytes, start, end);
    }
    return true;
  }
}

/** By field number; those of unknown fields do not matter. */
const wireTypes = [-1, 2, 2, 2, 2, 2, 0, 1, 1, 2, 0, 2, 0, 2, 0, 2, 5];
const eventWireTypes = [-1, wire.fixed64, wire.bytes, wire.bytes, wire.varint];
const statusWireTypes = [-1, undefined, wire.bytes, wire.varint];

const walker = new SpanWalker();
