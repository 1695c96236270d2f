import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import type { LogRecord } from '#proto/model/log';
import { RE2JS } from 're2js';
import type { Comparison, Query, QueryTerm, TextPattern } from '#proto/model/query';
import type { Resource, Scope } from '#proto/model/resource';
import { attributeNames } from '#proto/model/semantic-conventions';
import { StatusCode, type Span } from '#proto/model/span';
import { wordsOf } from '#main/store/index/words';
import { searchedCharacters } from '#main/store/read/text-test';
import { numberOf } from './language/numbers.ts';

/**
 * What a query means, said as plainly as possible: one record, one answer, no index. The store answers the same from compressed chunks, faster; tests and the benchmark hold
 * it against this.
 */

/** What a record came under. */
export interface MatchedSource {
  resource: Resource;
  scope: Scope;
  /** The service that the record belongs to; empty for none. */
  serviceName: string;
}

export function spanMatches(query: Query, span: Span, source: MatchedSource): boolean {
  return meets(query, {
    source,
    attributes: [...span.attributes, ...span.events.flatMap(({ attributes }) => attributes)],
    texts: [span.name, span.status.message, ...span.events.map(({ name }) => name)],
    fields: {
      name: span.name,
      statusCode: span.status.code,
      spanKind: span.kind,
      durationNs: BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano),
    },
  });
}

export function logMatches(query: Query, record: LogRecord, source: MatchedSource): boolean {
  return meets(query, {
    source,
    attributes: record.attributes,
    texts: [record.body === undefined ? '' : displayValue(record.body), record.severityText, record.eventName],
    fields: { severity: record.severityNumber, body: record.body === undefined ? '' : displayValue(record.body) },
  });
}

interface MatchedRecord {
  source: MatchedSource;
  /** Its own and those of its events. */
  attributes: readonly KeyValue[];
  /** Where words are looked for, beside its attributes. */
  texts: readonly string[];
  /** Those that a record lacks meet nothing. */
  fields: { name?: string; statusCode?: number; spanKind?: number; durationNs?: bigint; severity?: number; body?: string };
}

function meets(query: Query, record: MatchedRecord): boolean {
  if (query.kind === 'and') return query.of.every((part) => meets(part, record));
  if (query.kind === 'or') return query.of.some((part) => meets(part, record));
  return query.kind === 'not' ? !meets(query.query, record) : meetsTerm(query, record);
}

function meetsTerm(term: QueryTerm, record: MatchedRecord): boolean {
  const { source, fields } = record;
  switch (term.kind) {
    case 'text':
      return textsOf(record).some((text) => holdsWords(text, term.text, term.prefix));
    case 'service':
      return source.serviceName === term.name;
    case 'name':
      return fields.name === term.name;
    case 'status':
      return fields.statusCode === StatusCode[term.status];
    case 'spanKind':
      return fields.spanKind === term.spanKind;
    case 'duration':
      return fields.durationNs !== undefined && compares(fields.durationNs, term.comparison, BigInt(term.ns));
    case 'severity':
      return fields.severity !== undefined && compares(fields.severity, term.comparison, term.severity);
    case 'exists':
      return valuesOf(term.key, record).length > 0;
    case 'attribute':
      return meetsAttribute(term, valuesOf(term.key, record));
    case 'attributeLike':
      return valuesOf(term.key, record).some((value) => fits(displayValue(value), term.pattern));
    case 'like':
      return patternTexts(term.field, record).some((text) => fits(text, term.pattern));
  }
}

const textsOf = ({ texts, attributes }: MatchedRecord): string[] => [
  ...texts,
  ...attributes.map(({ key, value }) => `${key} ${displayValue(value)}`),
];

function patternTexts(
  field: Extract<QueryTerm, { kind: 'like' }>['field'],
  { source, texts, attributes, fields }: MatchedRecord,
): string[] {
  switch (field) {
    case 'service':
      return [source.serviceName];
    case 'name':
      return fields.name === undefined ? [] : [fields.name];
    case 'body':
      return fields.body === undefined ? [] : [fields.body];
    case 'any':
      return [...texts, ...attributes.map(({ value }) => displayValue(value))].filter((text) => text !== '');
  }
}

const regexes = new WeakMap<TextPattern, RE2JS>();

function compiled(pattern: Extract<TextPattern, { kind: 'regex' }>): RE2JS {
  const regex = regexes.get(pattern) ?? RE2JS.compile(pattern.source);
  regexes.set(pattern, regex);
  return regex;
}

function fits(text: string, pattern: TextPattern): boolean {
  if (pattern.kind === 'regex') return compiled(pattern).test(text.slice(0, searchedCharacters));
  return new RegExp(`^${pattern.parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)).join('[^]*')}$`).test(text);
}

/** Whether the words of `looked` stand side by side in `text`; with `prefix`, the last one may go on. */
function holdsWords(text: string, looked: string, prefix: boolean): boolean {
  const words = wordsOf(text);
  const wanted = wordsOf(looked);
  if (wanted.length === 0) return false;
  return words.some((_, from) =>
    wanted.every((word, index) => {
      const there = words[from + index];
      return there !== undefined && (prefix && index === wanted.length - 1 ? there.startsWith(word) : there === word);
    }),
  );
}

/** All values of an attribute under its old and new names. */
function valuesOf(key: string, { attributes, source }: MatchedRecord): AnyValue[] {
  const names = attributeNames(key);
  return [...attributes, ...source.resource.attributes, ...source.scope.attributes]
    .filter((there) => names.includes(there.key))
    .map(({ value }) => value);
}

function meetsAttribute({ comparison, value }: Extract<QueryTerm, { kind: 'attribute' }>, values: readonly AnyValue[]): boolean {
  const isEqual = values.some((there) => displayValue(there) === value);
  if (comparison === '=') return isEqual;
  if (comparison === '!=') return values.length > 0 && !isEqual;
  const wanted = numberOf(value);
  return (
    wanted !== undefined &&
    values.some((there) => {
      const number = numberIn(there);
      return number !== undefined && compares(number, comparison, wanted);
    })
  );
}

/** `undefined` where a value is no number and no text that is one. NaN is one that compares with nothing. */
function numberIn(value: AnyValue): number | undefined {
  if ('intValue' in value) return Number(value.intValue);
  if ('doubleValue' in value) return Number(value.doubleValue);
  return 'stringValue' in value ? numberOf(value.stringValue) : undefined;
}

function compares<Ordered extends number | bigint>(there: Ordered, comparison: Comparison, wanted: Ordered): boolean {
  switch (comparison) {
    case '=':
      return there === wanted;
    case '!=':
      return there !== wanted;
    case '>':
      return there > wanted;
    case '>=':
      return there >= wanted;
    case '<':
      return there < wanted;
    case '<=':
      return there <= wanted;
  }
}
