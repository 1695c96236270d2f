import type { KeyValue } from '#proto/model/any-value';
import { logContext, logNoteKeys, logServiceName, type LogContext } from '#proto/model/semantic-conventions';
import { Issues } from '../issues.ts';
import { readKeyValue } from '../protobuf/any-value.ts';
import { ShortTexts } from '../protobuf/short-texts.ts';
import { WireReader } from '../protobuf/wire-reader.ts';
import type { RecordTables } from './record-tables.ts';

const noteKeys: ReadonlySet<string> = new Set(logNoteKeys);
const longestKey = Math.max(...logNoteKeys.map((key) => key.length));

/** For all of them: making one costs more than reading a note. */
const shortTexts = new ShortTexts();

/**
 * What logging integrations note in attributes of a record about the span and the service it was logged in. Whether an attribute is such a note is known by its key, which is
 * looked at once a payload; only notes become objects, once each.
 */
export class LogNotes {
  readonly #tables: RecordTables;
  /** By row of keys. */
  readonly #isNoteKey: boolean[] = [];
  readonly #notes = new Map<number, KeyValue>();
  /** Those of the record that is being read. */
  readonly #ofRecord: KeyValue[] = [];

  constructor(tables: RecordTables) {
    this.#tables = tables;
  }

  beginRecord(): void {
    this.#ofRecord.length = 0;
  }

  add(row: number): void {
    if (this.#isNote(row)) this.#ofRecord.push(this.#read(row));
  }

  get areThere(): boolean {
    return this.#ofRecord.length > 0;
  }

  /** The record's context, given its own ids in hex. */
  context(traceId: string, spanId: string): LogContext {
    return logContext({ traceId, spanId, attributes: this.#ofRecord });
  }

  service(): string {
    return logServiceName({ attributes: this.#ofRecord });
  }

  #isNote(row: number): boolean {
    const { bytes, attributes } = this.#tables;
    const key = attributes.keyOf[row] as number;
    const isNote = this.#isNoteKey[key];
    if (isNote !== undefined) return isNote;
    const start = attributes.keys.ranges.start[key] as number;
    const end = attributes.keys.ranges.end[key] as number;
    const found = end - start <= longestKey && noteKeys.has(Buffer.from(bytes.subarray(start, end)).toString('latin1'));
    this.#isNoteKey[key] = found;
    return found;
  }

  #read(row: number): KeyValue {
    let note = this.#notes.get(row);
    if (note === undefined) {
      const { bytes, attributes } = this.#tables;
      const { start, end } = attributes.ranges;
      const reader = new WireReader(bytes.subarray(start[row], end[row]), new Issues(), shortTexts);
      note = readKeyValue(reader, reader.length);
      this.#notes.set(row, note);
    }
    return note;
  }
}
