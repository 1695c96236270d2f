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

/** 1 for each record that meets the query, 0 for each that does not: exact, from the bytes. Each distinct attribute and text is looked at once. */
export function evaluateWalked(query: Query, walked: WalkedSpans | WalkedLogs): Uint8Array {
  return evaluateTree(query, walked.count, 1, (term) => {
    switch (term.kind) {
      case 'text':
        return withPhrase(new PhraseTest(term.text, term.prefix), walked);
      case 'service':
        return ofService(term.name, walked);
      case 'exists':
      case 'attribute':
        return withAttribute(term, walked);
      case 'severity':
        return 'severity' in walked
          ? each(walked.count, (record) => compare(walked.severity[record] as number, term.comparison, term.severity))
          : new Uint8Array(walked.count);
      default:
        return 'statusCode' in walked ? spansThatMeet(term, walked) : new Uint8Array(walked.count);
    }
  });
}

function each(count: number, meets: (record: number) => boolean): Uint8Array {
  const met = new Uint8Array(count);
  for (let record = 0; record < count; record += 1) if (meets(record)) met[record] = 1;
  return met;
}

function spansThatMeet(term: Extract<QueryTerm, { kind: 'name' | 'status' | 'spanKind' | 'duration' }>, walked: WalkedSpans): Uint8Array {
  const { count, startNs, endNs } = walked;
  switch (term.kind) {
    case 'name': {
      const row = rowOfText(term.name, walked);
      return each(count, (span) => walked.name[span] === row);
    }
    case 'status':
      return each(count, (span) => walked.statusCode[span] === StatusCode[term.status]);
    case 'spanKind':
      return each(count, (span) => walked.kind[span] === term.spanKind);
    case 'duration': {
      const ns = BigInt(term.ns);
      return each(count, (span) => compare((endNs[span] as bigint) - (startNs[span] as bigint), term.comparison, ns));
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

function ofService(name: string, walked: Walked): Uint8Array {
  const met = walked.sources.map((source) => (serviceNameOf(source.resource) || source.impliedService) === name);
  return each(walked.count, (record) => met[walked.source[record] as number] === true);
}

function withAttribute(term: AttributeTerm, walked: Walked): Uint8Array {
  const test = attributeTest(term);
  const flags = flagsOfRows(test, walked);
  const ofSources = walked.sources.map((source) => flagsOfSource(test, source));
  const { attributeFrom, attributeRows } = walked;
  return each(walked.count, (record) => {
    let sum = ofSources[walked.source[record] as number] as number;
    const end = attributeFrom[record + 1] as number;
    for (let at = attributeFrom[record] as number; at < end; at += 1) sum |= flags[attributeRows[at] as number] as number;
    return test.isMetBy(sum);
  });
}

/** Flags of each distinct attribute. Keys are compared as bytes; what has another key is never read. */
function flagsOfRows(test: AttributeTest, walked: Walked): Uint8Array {
  const { bytes, attributes } = walked;
  const names = test.names.map((name) => Buffer.from(name, 'utf8'));
  const flags = new Uint8Array(attributes.count);
  const view = new KeyValueView(bytes);
  for (let row = 0; row < attributes.count; row += 1) {
    const isView = view.read(attributes.start[row] as number, attributes.end[row] as number);
    if (isView && !names.some((name) => equalBytes(bytes, view.keyStart, view.keyEnd, name))) continue;
    const { key, value } = readKeyValue(walked, row);
    if (test.names.includes(key)) flags[row] = test.flagsOf(value);
  }
  return flags;
}

function equalBytes(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  if (end - start !== other.length) return false;
  for (let at = other.length - 1; at >= 0; at -= 1) if (bytes[start + at] !== other[at]) return false;
  return true;
}

function withPhrase(phrase: PhraseTest, walked: WalkedSpans | WalkedLogs): Uint8Array {
  const { count, attributeFrom, attributeRows, textFrom, textRows } = walked;
  const inAttribute = attributesWithPhrase(phrase, walked);
  const inText = textsWithPhrase(phrase, walked);
  const met = 'bodyStart' in walked ? each(count, (record) => phraseInBody(phrase, walked, record)) : new Uint8Array(count);
  for (let record = 0; record < count; record += 1) {
    if (met[record] === 1) continue;
    if (anyOf(inText, textRows, textFrom[record] as number, textFrom[record + 1] as number)) met[record] = 1;
    else if (anyOf(inAttribute, attributeRows, attributeFrom[record] as number, attributeFrom[record + 1] as number)) met[record] = 1;
  }
  return met;
}

function anyOf(met: Uint8Array, rows: Uint32Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (met[rows[at] as number] === 1) return true;
  return false;
}

function textsWithPhrase(phrase: PhraseTest, walked: Walked): Uint8Array {
  const { bytes, texts } = walked;
  return each(
    texts.count,
    (row) => phrase.isInBytes(bytes, texts.start[row] as number, texts.end[row] as number) ?? phrase.isIn(readText(walked, row)),
  );
}

function attributesWithPhrase(phrase: PhraseTest, walked: Walked): Uint8Array {
  const { bytes, attributes } = walked;
  const view = new KeyValueView(bytes);
  return each(attributes.count, (row) => {
    if (view.read(attributes.start[row] as number, attributes.end[row] as number) && view.kind === valueKind.text) {
      const met = phrase.isInBytes(bytes, view.keyStart, view.keyEnd, view.valueStart, view.valueEnd);
      if (met !== undefined) return met;
    }
    const { key, value } = readKeyValue(walked, row);
    return phrase.isIn(`${key} ${displayValue(value)}`);
  });
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
