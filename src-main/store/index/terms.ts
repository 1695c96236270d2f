import type { Walked, WalkedLogs, WalkedSpans } from '#main/decode/walk/walked';
import { StatusCode } from '#proto/model/span';
import { halvesOf } from './halves.ts';
import { anyValueAt } from './key-value.ts';
import { addNeighbours } from './neighbour-terms.ts';
import { TermCollector } from './term-collector.ts';
import {
  cutTerm,
  everythingTerm,
  hashOfKey,
  keyTerm,
  linkTerm,
  nameTerm,
  pairTerm,
  termKind,
  termOnError,
  termOnLongSpan,
} from './term-hash.ts';
import { TermSet } from './term-set.ts';

/**
 * What can be looked for in a chunk before its bytes are: hashes of the attributes ("key = value", as it is displayed), their keys, the words of all fields and their
 * prefixes (`word-terms.ts`), the span names, the traces that links name, and of each attribute whether it occurs on a span that failed and on one of a second or more. A term
 * that is missing is certainly not in the chunk, unless the chunk has `everythingTerm` or, for words, `cutTerm`: ask with `holdsTerm`.
 */

/** What `termOnLongSpan` calls long. */
export const longSpanNs = 1_000_000_000;

export function termOfKey(key: string): number {
  return keyTerm(hashOfKey(Buffer.from(key)));
}

/** Of a span. */
export function termOfName(name: string): number {
  const bytes = Buffer.from(name);
  return nameTerm(bytes, 0, bytes.length);
}

/** Of a trace that is linked to, by the 16 bytes of its id. */
export function termOfLink(traceId: Uint8Array): number {
  return linkTerm(traceId, 0);
}

/** `value` as `displayValue` shows it. */
export function termOfPair(key: string, value: string): number {
  const bytes = Buffer.from(value);
  return pairTerm(hashOfKey(Buffer.from(key)), bytes, 0, bytes.length);
}

/** Whether a chunk with these terms may hold `term`. */
export function holdsTerm(terms: Uint32Array, term: number): boolean {
  return terms.includes(term) || terms.includes(everythingTerm) || ((term & termKind.word) !== 0 && terms.includes(cutTerm));
}

/** One set for one chunk after the other: clearing it costs less than making it. */
const terms = new TermSet();

/** Distinct terms, in no order. */
export function termsOfSpans(walked: WalkedSpans): Uint32Array {
  const collector = new TermCollector(walked.bytes, terms);
  const pairs = addAttributes(walked, collector);
  addTexts(walked, collector);
  addNames(walked);
  addLinks(walked);
  addPairsOnSpans(walked, pairs);
  return terms.take();
}

/** Distinct terms, in no order. */
export function termsOfLogs(walked: WalkedLogs): Uint32Array {
  const collector = new TermCollector(walked.bytes, terms);
  addAttributes(walked, collector);
  addTexts(walked, collector);
  addBodies(walked, collector);
  if (!terms.isEverything) addNeighbours(terms, walked);
  return terms.take();
}

/** The pair's term of each distinct attribute. */
function addAttributes({ attributes }: Walked, collector: TermCollector): Uint32Array {
  const pairs = new Uint32Array(attributes.count);
  for (let row = 0; row < attributes.count && !terms.isEverything; row += 1)
    pairs[row] = collector.attribute(attributes.start[row] as number, attributes.end[row] as number);
  return pairs;
}

function addTexts({ texts }: Walked, collector: TermCollector): void {
  for (let row = 0; row < texts.count; row += 1) collector.words(texts.start[row] as number, texts.end[row] as number);
}

function addBodies({ bytes, count, bodyStart, bodyEnd }: WalkedLogs, collector: TermCollector): void {
  for (let row = 0; row < count && !terms.isEverything; row += 1) {
    const start = bodyStart[row] as number;
    const end = bodyEnd[row] as number;
    if (end > start && !collector.plainText(start, end)) collector.value(anyValueAt(bytes, start, end));
  }
}

function addNames({ bytes, count, name, texts }: WalkedSpans): void {
  const seen = new Uint8Array(texts.count);
  for (let row = 0; row < count; row += 1) {
    const text = name[row] as number;
    if (seen[text] === 1) continue;
    seen[text] = 1;
    terms.add(nameTerm(bytes, texts.start[text] as number, texts.end[text] as number));
  }
}

function addLinks({ bytes, links: { count, traceAt } }: WalkedSpans): void {
  for (let link = 0; link < count; link += 1) terms.add(linkTerm(bytes, traceAt[link] as number));
}

const onError = 1;
const onLongSpan = 2;

function addPairsOnSpans(walked: WalkedSpans, pairs: Uint32Array): void {
  const { attributeFrom, attributeRows, count, statusCode } = walked;
  const start = halvesOf(walked.startNs);
  const end = halvesOf(walked.endNs);
  const seen = new Uint8Array(pairs.length);
  for (let row = 0; row < count; row += 1) {
    const low = row * 2;
    const high = low + 1;
    // Rounded where it is longer than 104 days, and still long then.
    const durationNs = ((end[high] as number) - (start[high] as number)) * 0x1_0000_0000 + ((end[low] as number) - (start[low] as number));
    const wanted = (statusCode[row] === StatusCode.error ? onError : 0) | (durationNs >= longSpanNs ? onLongSpan : 0);
    if (wanted === 0) continue;
    for (let at = attributeFrom[row] as number; at < (attributeFrom[row + 1] as number); at += 1) {
      const attribute = attributeRows[at] as number;
      const fresh = wanted & ~(seen[attribute] as number);
      if (fresh === 0) continue;
      seen[attribute] = (seen[attribute] as number) | fresh;
      if ((fresh & onError) !== 0) terms.add(termOnError(pairs[attribute] as number));
      if ((fresh & onLongSpan) !== 0) terms.add(termOnLongSpan(pairs[attribute] as number));
    }
  }
}
