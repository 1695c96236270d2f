import type { KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import type { LogRecord } from '#proto/model/log';
import type { Query } from '#proto/model/query';
import type { Span } from '#proto/model/span';

/**
 * What the text indexes are fed with. A document is a row of fields with a mark between any two, so that no phrase reaches from one field into the next, and so that
 * `key=value` can be looked up as a whole field. An attribute is one field: its key, then its value as people see it.
 *
 * FTS5's unicode61 tokenizer counts private-use characters as letters; these two stand for themselves and never come from outside.
 */
const fieldMark = ' \uE000 ';
/** In a document that was cut: its attributes have to be looked at, whatever the index says. */
const cutMark = '\uE001';
const reserved = /[\uE000\uE001\0]/g;

/** Of a longer value only the beginning can be found. */
const maxValueCharacters = 8 * 1024;
/** What comes after this in a record cannot be found as text. */
const maxRecordCharacters = 128 * 1024;

export function spanText(span: Span): string {
  const text = new Document();
  text.field(span.name);
  text.field(span.status.message);
  text.attributes(span.attributes);
  for (const event of span.events) {
    text.field(event.name);
    text.attributes(event.attributes);
    if (text.full) break;
  }
  return text.end();
}

export function logText(record: LogRecord): string {
  const text = new Document();
  if (record.body !== undefined) text.field(displayValue(record.body));
  text.field(record.severityText);
  text.field(record.eventName);
  text.attributes(record.attributes);
  return text.end();
}

class Document {
  #text = fieldMark;
  #cut = false;
  full = false;

  field(value: string): void {
    this.#add(this.#beginning(value));
  }

  attributes(attributes: readonly KeyValue[]): void {
    for (const { key, value } of attributes) {
      if (this.full) return;
      this.#add(`${this.#beginning(key)} ${this.#beginning(displayValue(value))}`);
    }
  }

  end(): string {
    return this.#cut || this.full ? this.#text + cutMark : this.#text;
  }

  #add(field: string): void {
    if (this.#text.length + field.length > maxRecordCharacters) this.full = true;
    else this.#text += field.replace(reserved, ' ') + fieldMark;
  }

  #beginning(value: string): string {
    if (value.length <= maxValueCharacters) return value;
    this.#cut = true;
    return value.slice(0, maxValueCharacters);
  }
}

type TextTerm = Extract<Query[number], { kind: 'text' }>;

/** The FTS5 expression for words that stand next to each other. Always one quoted string, so that nothing in it is an operator. */
export function phraseExpression(term: TextTerm): string {
  return quoted(term.text.replace(reserved, ' ')) + (term.prefix ? '*' : '');
}

/** The FTS5 expression that finds all documents which may hold one of `keys` with `value`; what it finds has to be verified. */
export function attributeExpression(keys: readonly string[], value: string): string {
  const fields = keys.map((key) => quoted(fieldMark + `${key} ${value}`.replace(reserved, ' ') + fieldMark));
  return [...fields, quoted(cutMark)].join(' OR ');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
