import { displayValue } from '#proto/model/display-value';
import type { Query, QueryTerm } from '#proto/model/query';
import { StatusCode } from '#proto/model/span';
import { readBody, readKeyValue, readText } from '#main/decode/walk/records';
import type { Walked, WalkedLogs, WalkedSpans } from '#main/decode/walk/walked';
import { KeyValueView, valueKind } from '../index/key-value.ts';
import { serviceNameOf } from '../sources.ts';
import { attributeTest, flagsOfSource, type AttributeTerm, type AttributeTest } from './attribute-test.ts';
import { compare } from './compare.ts';
import { evaluateTree } from './evaluate-tree.ts';
import { PhraseTest } from './phrase-test.ts';
import { textTest } from './text-test.ts';

/** 1 for each record that meets the query, 0 for each that does not: exact, from the bytes. Each distinct attribute and text is looked at once, if at all. */
export function evaluateWalked(query: Query, walked: WalkedSpans | WalkedLogs): Uint8Array {
  return evaluateTree(query, walked.count, 1, (term, wanted) => {
    const meets = testOf(term, walked);
    const met = new Uint8Array(walked.count);
    for (let record = 0; record < met.length; record += 1) if (wanted[record] !== 0 && meets(record)) met[record] = 1;
    return met;
  });
}

type RecordTest = (record: number) => boolean;

const never: RecordTest = () => false;

function testOf(term: QueryTerm, walked: WalkedSpans | WalkedLogs): RecordTest {
  switch (term.kind) {
    case 'text':
      return phraseTest(new PhraseTest(term.text, term.prefix), walked);
    case 'service':
      return serviceTest((name) => name === term.name, walked);
    case 'exists':
    case 'attribute':
    case 'attributeLike':
      return recordAttributeTest(term, walked);
    case 'like':
      return likeTest(term, walked);
    case 'severity':
      return 'severity' in walked ? (record) => compare(walked.severity[record] as number, term.comparison, term.severity) : never;
    default:
      return 'statusCode' in walked ? spanTest(term, walked) : never;
  }
}

function spanTest(term: Extract<QueryTerm, { kind: 'name' | 'status' | 'spanKind' | 'duration' }>, walked: WalkedSpans): RecordTest {
  switch (term.kind) {
    case 'name': {
      const row = rowOfText(term.name, walked);
      return (span) => walked.name[span] === row;
    }
    case 'status':
      return (span) => walked.statusCode[span] === StatusCode[term.status];
    case 'spanKind':
      return (span) => walked.kind[span] === term.spanKind;
    case 'duration': {
      const ns = BigInt(term.ns);
      return (span) => compare((walked.endNs[span] as bigint) - (walked.startNs[span] as bigint), term.comparison, ns);
    }
  }
}

/** Row of a text in `walked.texts`; -1 where it does not occur. */
function rowOfText(text: string, { bytes, texts }: Walked): number {
  const wanted = Buffer.from(text, 'utf8');
  for (let row = 0; row < texts.count; row += 1)
    if (equalBytes(bytes, texts.start[row] as number, texts.end[row] as number, wanted)) return row;
  return -1;
}

function serviceTest(isMet: (name: string) => boolean, walked: Walked): RecordTest {
  const met = walked.sources.map((source) => isMet(serviceNameOf(source.resource) || source.impliedService));
  return (record) => met[walked.source[record] as number] === true;
}

function likeTest({ field, pattern }: Extract<QueryTerm, { kind: 'like' }>, walked: WalkedSpans | WalkedLogs): RecordTest {
  const test = textTest(pattern);
  const fits = (text: string): boolean => test.fits(text);
  switch (field) {
    case 'service':
      return serviceTest(fits, walked);
    case 'name': {
      if (!('statusCode' in walked)) return never;
      const inText = rememberingRows(walked.texts.count, (row) => (fits(readText(walked, row)) ? 1 : 0));
      return (span) => inText(walked.name[span] as number) === 1;
    }
    case 'body':
      return bodyTest(fits, walked);
    case 'any':
      return anyTextTest((text) => text !== '' && fits(text), walked);
  }
}

type Fits = (text: string) => boolean;

/** A record without a body is one with the empty body. */
function bodyTest(fits: Fits, walked: WalkedSpans | WalkedLogs): RecordTest {
  if (!('bodyStart' in walked)) return never;
  return (record) => {
    const body = readBody(walked, record);
    return fits(body === undefined ? '' : displayValue(body));
  };
}

/** Asks texts, bodies and the values of attributes. */
function anyTextTest(fits: Fits, walked: WalkedSpans | WalkedLogs): RecordTest {
  const { attributes, texts, attributeFrom, attributeRows, textFrom, textRows } = walked;
  const inText = rememberingRows(texts.count, (row) => (fits(readText(walked, row)) ? 1 : 0));
  const inAttribute = rememberingRows(attributes.count, (row) => (fits(displayValue(readKeyValue(walked, row).value)) ? 1 : 0));
  const inBody = bodyTest(fits, walked);
  return (record) =>
    anyOf(inText, textRows, textFrom[record] as number, textFrom[record + 1] as number) ||
    inBody(record) ||
    anyOf(inAttribute, attributeRows, attributeFrom[record] as number, attributeFrom[record + 1] as number);
}

function recordAttributeTest(term: AttributeTerm, walked: Walked): RecordTest {
  const test = attributeTest(term);
  const flagsOfRow = rememberingRows(walked.attributes.count, flagsOfRows(test, walked));
  const ofSources = walked.sources.map((source) => flagsOfSource(test, source));
  const { attributeFrom, attributeRows } = walked;
  return (record) => {
    let flags = ofSources[walked.source[record] as number] as number;
    const end = attributeFrom[record + 1] as number;
    for (let at = attributeFrom[record] as number; at < end; at += 1) flags |= flagsOfRow(attributeRows[at] as number);
    return test.isMetBy(flags);
  };
}

/** Asks `of` once for each row, when it is first needed. */
function rememberingRows(count: number, of: (row: number) => number): (row: number) => number {
  const unknown = 0xff;
  const known = new Uint8Array(count).fill(unknown);
  return (row) => {
    if (known[row] === unknown) known[row] = of(row);
    return known[row] as number;
  };
}

/** Flags of a distinct attribute. Keys are compared as bytes; what has another key is never read. */
function flagsOfRows(test: AttributeTest, walked: Walked): (row: number) => number {
  const { bytes, attributes } = walked;
  const names = test.names.map((name) => Buffer.from(name, 'utf8'));
  const view = new KeyValueView(bytes);
  return (row) => {
    const isView = view.read(attributes.start[row] as number, attributes.end[row] as number);
    if (isView && !names.some((name) => equalBytes(bytes, view.keyStart, view.keyEnd, name))) return 0;
    const { key, value } = readKeyValue(walked, row);
    return test.names.includes(key) ? test.flagsOf(value) : 0;
  };
}

function equalBytes(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  if (end - start !== other.length) return false;
  for (let at = other.length - 1; at >= 0; at -= 1) if (bytes[start + at] !== other[at]) return false;
  return true;
}

function phraseTest(phrase: PhraseTest, walked: WalkedSpans | WalkedLogs): RecordTest {
  const { bytes, attributeFrom, attributeRows, textFrom, textRows, texts } = walked;
  const inAttribute = rememberingRows(walked.attributes.count, phraseInAttributes(phrase, walked));
  const inText = rememberingRows(texts.count, (row) =>
    (phrase.isInBytes(bytes, texts.start[row] as number, texts.end[row] as number) ?? phrase.isIn(readText(walked, row))) ? 1 : 0,
  );
  const inBody: RecordTest = 'bodyStart' in walked ? (record) => phraseInBody(phrase, walked, record) : never;
  return (record) =>
    inBody(record) ||
    anyOf(inText, textRows, textFrom[record] as number, textFrom[record + 1] as number) ||
    anyOf(inAttribute, attributeRows, attributeFrom[record] as number, attributeFrom[record + 1] as number);
}

function anyOf(met: (row: number) => number, rows: Uint32Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (met(rows[at] as number) === 1) return true;
  return false;
}

function phraseInAttributes(phrase: PhraseTest, walked: Walked): (row: number) => number {
  const { bytes, attributes } = walked;
  const view = new KeyValueView(bytes);
  return (row) => {
    const isView = view.read(attributes.start[row] as number, attributes.end[row] as number);
    const met = isView ? phraseInView(phrase, bytes, view) : undefined;
    if (met !== undefined) return met ? 1 : 0;
    const { key, value } = readKeyValue(walked, row);
    return phrase.isIn(`${key} ${displayValue(value)}`) ? 1 : 0;
  };
}

/** `undefined` where it takes more than bytes to tell. */
function phraseInView(phrase: PhraseTest, bytes: Uint8Array, view: KeyValueView): boolean | undefined {
  switch (view.kind) {
    case valueKind.text:
      return phrase.isInAttribute(bytes, view);
    case valueKind.bool:
      return phrase.isInShown(bytes, view, String((view.low | view.high) !== 0));
    case valueKind.int:
      return Number.isSafeInteger(view.int) ? phrase.isInShown(bytes, view, String(view.int)) : undefined;
    case valueKind.double:
      return phrase.isInShown(bytes, view, String(view.double));
  }
}

function phraseInBody(phrase: PhraseTest, walked: WalkedLogs, record: number): boolean {
  if (walked.bodyEnd[record] === 0) return false;
  const text = textOfBody(walked, record);
  const met = text && phrase.isInBytes(walked.bytes, text.start, text.end);
  if (met !== undefined) return met;
  const body = readBody(walked, record);
  return body !== undefined && phrase.isIn(displayValue(body));
}

/** Where the text of a body is that is nothing but text. */
function textOfBody({ bytes, bodyStart, bodyEnd }: WalkedLogs, record: number): { start: number; end: number } | undefined {
  const stringTag = 0x0a;
  const start = bodyStart[record] as number;
  const end = bodyEnd[record] as number;
  if (bytes[start] !== stringTag) return undefined;
  let length = 0;
  for (let at = start + 1, shift = 0; at < end && shift < 28; at += 1, shift += 7) {
    const byte = bytes[at] as number;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) return at + 1 + length === end ? { start: at + 1, end } : undefined;
  }
  return undefined;
}
