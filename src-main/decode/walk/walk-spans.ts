import { AttributeTable } from './attribute-table.ts';
import { checkLink, isZero } from './check-link.ts';
import { ValueCheck, verdict } from './check-value.ts';
import { frameOf, type Frame } from './frame.ts';
import { RowList } from './row-list.ts';
import { Sources } from './sources.ts';
import { TextTable } from './text-table.ts';
import { TraceIds } from './trace-ids.ts';
import { noRow, type WalkedSpans } from './walked.ts';
import { endOfVarint, int32Varint, smallVarint, wire, WireField } from './wire-field.ts';

/** Attributes and events of one payload: what the object decoder bounds, too. */
const maxElements = 4_000_000;

export interface SpansWalk {
  walked: WalkedSpans;
  /**
   * The object decoder would reject, repair or warn about something, or the order of fields is an unusual one. Of what was repaired already (`admit.ts`) the columns are right
   * nevertheless; where something is damaged, they end before it.
   */
  irregular: boolean;
  /** Attributes, events and records as the object decoder counts them, or a few more. */
  elements: number;
}

/** Reads spans into columns: all of them, or those of a part of the bytes' frame. Never throws; its time and memory are linear in the size of `bytes`, which may hold anything. */
export function walkSpans(bytes: Uint8Array, frame = frameOf(bytes)): SpansWalk {
  return walker.walk(bytes, frame);
}

/** Columns of `count` spans; 64-bit ones also as words, which can be written without making a BigInt. */
function columnsOf(count: number) {
  const [spanIds, parentSpanIds, startNs, endNs] = [0, 1, 2, 3].map(() => new BigUint64Array(count)) as [
    Column64,
    Column64,
    Column64,
    Column64,
  ];
  return {
    spanIds,
    parentSpanIds,
    startNs,
    endNs,
    spanWords: new Uint32Array(spanIds.buffer),
    parentWords: new Uint32Array(parentSpanIds.buffer),
    startWords: new Uint32Array(startNs.buffer),
    endWords: new Uint32Array(endNs.buffer),
    source: new Uint32Array(count),
    trace: new Uint32Array(count),
    name: new Uint32Array(count),
    statusMessage: new Uint32Array(count),
    kind: new Int32Array(count),
    statusCode: new Int32Array(count),
    eventCount: new Uint32Array(count),
    attributeFrom: new Uint32Array(count + 1),
    textFrom: new Uint32Array(count + 1),
  };
}

type Column64 = BigUint64Array<ArrayBuffer>;

function keptColumns(columns: ReturnType<typeof columnsOf>, count: number) {
  return {
    spanIds: columns.spanIds.subarray(0, count),
    parentSpanIds: columns.parentSpanIds.subarray(0, count),
    startNs: columns.startNs.subarray(0, count),
    endNs: columns.endNs.subarray(0, count),
    source: columns.source.subarray(0, count),
    trace: columns.trace.subarray(0, count),
    name: columns.name.subarray(0, count),
    statusMessage: columns.statusMessage.subarray(0, count),
    kind: columns.kind.subarray(0, count),
    statusCode: columns.statusCode.subarray(0, count),
    eventCount: columns.eventCount.subarray(0, count),
    attributeFrom: columns.attributeFrom.subarray(0, count + 1),
    textFrom: columns.textFrom.subarray(0, count + 1),
  };
}

class SpanWalker {
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(new ArrayBuffer(0));
  #check = new ValueCheck(this.#bytes);
  readonly #attributes = new AttributeTable();
  readonly #linkAttributes = new AttributeTable();
  readonly #texts = new TextTable();
  readonly #traces = new TraceIds();
  readonly #attributeRows = new RowList();
  readonly #textRows = new RowList();
  readonly #field = new WireField();
  #columns = columnsOf(0);
  #irregular = false;
  #elements = 0;
  /** Row in `#attributeRows` where those of the record before begin. */
  #before = 0;

  walk(bytes: Uint8Array, frame: Frame): SpansWalk {
    this.#reset(bytes);
    const sources = new Sources(bytes, frame);
    this.#columns = columnsOf(frame.count);
    this.#irregular = frame.damaged || !sources.areClean;
    const count = this.#records(frame, sources);
    const irregular = this.#irregular || this.#attributes.irregular || this.#linkAttributes.irregular || this.#texts.irregular;
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
    this.#linkAttributes.reset(bytes, view);
    this.#texts.reset(bytes, view);
    this.#traces.reset();
    this.#attributeRows.reset();
    this.#textRows.reset();
    this.#before = 0;
  }

  /** How many records could be read. */
  #records(frame: Frame, sources: Sources): number {
    this.#elements = frame.count * 4;
    for (const [group, { from, to }] of frame.scopes.entries()) {
      if (from === to) continue;
      const row = sources.rowOf(group, '');
      const source = sources.sources[row];
      this.#columns.source.fill(row, from, to);
      for (let record = from; record < to; record += 1) {
        if (!this.#record(record, frame.recordStart[record] as number, frame.recordEnd[record] as number)) {
          this.#irregular = true;
          return record;
        }
        if (source) source.count += 1;
      }
    }
    return frame.count;
  }

  #record(record: number, start: number, end: number): boolean {
    const { attributeFrom, textFrom } = this.#columns;
    const from = this.#attributeRows.length;
    if (!this.#span(record, start, end) || this.#attributeRows.length > maxElements) {
      this.#attributeRows.length = from;
      this.#textRows.length = textFrom[record] as number;
      return false;
    }
    this.#before = from;
    for (const text of [this.#columns.name[record] as number, this.#columns.statusMessage[record] as number]) {
      if (text !== 0) this.#textRows.push(text);
    }
    attributeFrom[record + 1] = this.#attributeRows.length;
    textFrom[record + 1] = this.#textRows.length;
    return true;
  }

  /** trace.proto `Span`. What the senders of the world write takes the branches for tags and lengths of one or two bytes. */
  #span(record: number, start: number, end: number): boolean {
    const bytes = this.#bytes;
    const view = this.#view;
    const columns = this.#columns;
    let guess = this.#before;
    let traceAt = -1;
    let spanAt = -1;
    this.#attributes.beginList();
    for (let pos = start; pos < end;) {
      if (pos + 2 > end) return false;
      const tag = bytes[pos] as number;
      let size = bytes[pos + 1] as number;
      pos += 2;
      if ((tag & 7) === wire.bytes && tag < 0x80) {
        if (size > 0x7f) {
          const from = endOfVarint(bytes, pos - 1, end);
          if (from < 0) return false;
          size = from === pos + 1 ? (size & 0x7f) | ((bytes[pos] as number) << 7) : smallVarint(bytes, pos - 1, from);
          if (size < 0) return false;
          pos = from;
        }
        const to = pos + size;
        if (to > end) return false;
        switch (tag >>> 3) {
          case 1:
            traceAt = size === 16 ? pos : -1;
            break;
          case 2:
            spanAt = size === 8 ? pos : -1;
            break;
          case 3:
            if (!this.#check.isText(pos, to)) this.#irregular = true;
            break;
          case 4:
            this.#parent(record, pos, size);
            break;
          case 5:
            columns.name[record] = this.#texts.rowOf(pos, to);
            break;
          case 9: {
            const row = this.#attributes.add(pos, to, this.#attributeRows.at(guess));
            if (row === noRow) return false;
            this.#attributeRows.push(row);
            guess += 1;
            break;
          }
          case 11:
            if (!this.#event(pos, to)) return false;
            columns.eventCount[record] = (columns.eventCount[record] as number) + 1;
            break;
          case 13:
            if (!this.#link(pos, to)) return false;
            break;
          case 15:
            if (!this.#status(record, pos, to)) return false;
            break;
          default:
            return false;
        }
        pos = to;
      } else if (tag === 0x39 || tag === 0x41) {
        pos += 7;
        if (pos > end) return false;
        const times = tag === 0x39 ? columns.startWords : columns.endWords;
        times[2 * record] = view.getUint32(pos - 8, true);
        times[2 * record + 1] = view.getUint32(pos - 4, true);
      } else {
        pos = this.#rareField(record, pos - 2, end);
        if (pos < 0) return false;
      }
    }
    return this.#ids(record, traceAt, spanAt);
  }

  /** Fields of other forms; where the next one starts, -1 where the span is damaged. */
  #rareField(record: number, pos: number, limit: number): number {
    const field = this.#field;
    if (!field.read(this.#bytes, pos, limit)) return -1;
    const { number, type, start, end } = field;
    if (number > 16) return end;
    if (type !== wireTypes[number]) return -1;
    if (number === 6) this.#columns.kind[record] = int32Varint(this.#bytes, start, end);
    else if (type === wire.bytes || type === wire.fixed64) this.#irregular = true;
    return end;
  }

  #ids(record: number, traceAt: number, spanAt: number): boolean {
    if (traceAt < 0 || spanAt < 0) return false;
    const view = this.#view;
    const { trace, spanWords } = this.#columns;
    const high = view.getUint32(spanAt, false);
    const low = view.getUint32(spanAt + 4, false);
    if ((high | low) === 0 || isZero(this.#bytes, traceAt, traceAt + 16)) return false;
    spanWords[2 * record] = low;
    spanWords[2 * record + 1] = high;
    trace[record] = this.#traces.rowOf(view, traceAt);
    return true;
  }

  #parent(record: number, pos: number, size: number): void {
    const { parentWords } = this.#columns;
    if (size !== 8 && size !== 0) this.#irregular = true;
    parentWords[2 * record] = size === 8 ? this.#view.getUint32(pos + 4, false) : 0;
    parentWords[2 * record + 1] = size === 8 ? this.#view.getUint32(pos, false) : 0;
  }

  /** trace.proto `Span.Event`. */
  #event(from: number, limit: number): boolean {
    const field = this.#field;
    let name = 0;
    this.#elements += 1;
    this.#attributes.beginList();
    for (let pos = from; pos < limit;) {
      if (!field.read(this.#bytes, pos, limit)) return false;
      const { number, type, start, end } = field;
      if ((eventWireTypes[number] ?? type) !== type) return false;
      if (number === 2) name = this.#texts.rowOf(start, end);
      else if (number === 3) {
        const row = this.#attributes.add(start, end, noRow);
        if (row === noRow) return false;
        this.#attributeRows.push(row);
      }
      pos = end;
    }
    if (name !== 0) this.#textRows.push(name);
    return true;
  }

  #link(start: number, end: number): boolean {
    const found = checkLink(this.#bytes, start, end, this.#linkAttributes);
    if (found !== verdict.clean) this.#irregular = true;
    this.#elements += 1 + ((end - start) >> 1);
    return found !== verdict.damaged;
  }

  /** trace.proto `Status`. */
  #status(record: number, from: number, limit: number): boolean {
    const field = this.#field;
    for (let pos = from; pos < limit; pos = field.end) {
      if (!field.read(this.#bytes, pos, limit)) return false;
      const { number, type, start, end } = field;
      if ((statusWireTypes[number] ?? type) !== type) return false;
      if (number === 2) this.#columns.statusMessage[record] = this.#texts.rowOf(start, end);
      else if (number === 3) this.#columns.statusCode[record] = int32Varint(this.#bytes, start, end);
    }
    return true;
  }

  #walked(bytes: Uint8Array, frame: Frame, sources: Sources, count: number): WalkedSpans {
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
const wireTypes = [-1, 2, 2, 2, 2, 2, 0, 1, 1, 2, 0, 2, 0, 2, 0, 2, 5];
const eventWireTypes = [-1, wire.fixed64, wire.bytes, wire.bytes, wire.varint];
const statusWireTypes = [undefined, undefined, wire.bytes, wire.varint];

const walker = new SpanWalker();
