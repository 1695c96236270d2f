import { AttributeTable } from './attribute-table.ts';
import { ValueCheck, verdict } from './check-value.ts';
import type { Frame } from './frame.ts';
import { RowList } from './row-list.ts';
import type { Sources } from './sources.ts';
import { TextTable } from './text-table.ts';
import { TraceIds } from './trace-ids.ts';
import { noRow, type Walked } from './walked.ts';

/** The object decoder stops at as many (`protobuf/wire-reader.ts`); here it bounds memory. */
export const maxElements = 4_000_000;

/** What one walk gives. */
export interface Walk<Columns> {
  walked: Columns;
  /**
   * The object decoder would reject, repair or warn about something, or fields are in an order that no encoder writes. Of what was repaired already (`admit.ts`) the columns are
   * right nevertheless; where something is damaged, they end before it.
   */
  irregular: boolean;
  /** Records, attributes and values as the object decoder counts them, or more. */
  elements: number;
}

type SharedColumns = Pick<
  Walked,
  | 'bytes'
  | 'count'
  | 'recordStart'
  | 'recordEnd'
  | 'sources'
  | 'traceIds'
  | 'traceCount'
  | 'attributes'
  | 'attributeRows'
  | 'texts'
  | 'textRows'
>;

/** What walks of spans and of log records have in common: tables of what is distinct, and the lists that refer to them. Used again for the next payload. */
export class RecordTables {
  bytes: Uint8Array = new Uint8Array();
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Something irregular was found that no table knows of. */
  irregular = false;
  /** Events and links. */
  parts = 0;
  /** Values may have been seen that hold others: those are not counted one by one. */
  hasNested = false;
  readonly attributes = new AttributeTable();
  readonly attributeRows = new RowList();
  readonly #texts = new TextTable();
  readonly #textRows = new RowList();
  readonly traces = new TraceIds();
  #check = new ValueCheck(this.bytes);

  reset(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.irregular = false;
    this.parts = 0;
    this.hasNested = false;
    this.attributes.reset(bytes, this.view);
    this.attributeRows.reset();
    this.#texts.reset(bytes, this.view);
    this.#textRows.reset();
    this.traces.reset();
    this.#check = new ValueCheck(bytes);
  }

  /** Takes the attribute from `start` to `end` into the list that is being read; its row, or `noRow` where it is damaged or there are too many. */
  addAttribute(start: number, end: number): number {
    if (this.attributeRows.length === maxElements) return noRow;
    const row = this.attributes.add(start, end);
    if (row !== noRow) this.attributeRows.push(row);
    return row;
  }

  textRow(start: number, end: number): number {
    return this.#texts.rowOf(start, end);
  }

  /** Words are looked for in the text of this row. */
  addText(row: number): void {
    if (row !== 0) this.#textRows.push(row);
  }

  /** A text that is in no table. */
  checkText(start: number, end: number): void {
    if (!this.#check.isText(start, end)) this.irregular = true;
  }

  /** An `AnyValue` that is in no table; false where it is damaged. */
  checkValue(start: number, end: number): boolean {
    const found = this.#check.anyValue(start, end);
    if (found === verdict.irregular) this.irregular = true;
    return found !== verdict.damaged;
  }

  get textCount(): number {
    return this.#textRows.length;
  }

  /** Forgets what a damaged record has left in the lists. */
  cutBack(attributes: number, texts: number): void {
    this.attributeRows.length = attributes;
    this.#textRows.length = texts;
  }

  /** What the walk gives of the first `count` records, with the columns that are the signal's own. */
  finish<Columns>(frame: Frame, sources: Sources, count: number, columns: Columns): Walk<SharedColumns & Columns> {
    const irregular = count < frame.count || frame.damaged || !sources.areClean || !this.#isClean;
    return { walked: { ...this.#columns(frame, sources, count), ...columns }, irregular, elements: this.#elements(frame) };
  }

  get #isClean(): boolean {
    return !this.irregular && !this.attributes.irregular && !this.#texts.irregular;
  }

  /** Never less than what the object decoder counts; a value of a list takes at least two bytes. */
  #elements(frame: Frame): number {
    let uncounted = this.bytes.length;
    const isNested = this.hasNested || this.attributes.hasNested || this.#check.hasNested;
    if (!isNested)
      for (let row = 0; row < frame.count; row += 1) uncounted -= (frame.recordEnd[row] as number) - (frame.recordStart[row] as number);
    return 4 * (frame.count + frame.scopes.length) + this.attributeRows.length + this.parts + uncounted / 2;
  }

  /** Of the first `count` records. */
  #columns(frame: Frame, sources: Sources, count: number): SharedColumns {
    return {
      bytes: this.bytes,
      count,
      recordStart: frame.recordStart.subarray(0, count),
      recordEnd: frame.recordEnd.subarray(0, count),
      sources: sources.sources,
      traceIds: this.traces.ids(),
      traceCount: this.traces.count,
      attributes: this.attributes.ranges.ranges(),
      attributeRows: this.attributeRows.rows(),
      texts: this.#texts.ranges.ranges(),
      textRows: this.#textRows.rows(),
    };
  }
}
