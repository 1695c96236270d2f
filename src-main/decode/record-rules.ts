import type { KeyValue } from '#proto/model/any-value';
import { spanIdPattern, traceIdPattern } from '#proto/model/ids';
import type { LogRecord } from '#proto/model/log';
import type { Span, SpanLink } from '#proto/model/span';
import { quoted, type Issues } from './issues.ts';

/**
 * What OTLP asks of a record whatever encoding it came in. Ids arrive here as hex in lower case; from JSON they may be any text, in lower case.
 */

const zeroTraceId = '0'.repeat(32);
const zeroSpanId = '0'.repeat(16);

/** Whether the span can be stored: it cannot without valid ids (trace.proto `trace_id`, `span_id`). Its other ids are repaired in place. */
export function admitSpan(span: Span, issues: Issues): boolean {
  const problem = idProblem('trace_id', span.traceId, traceIdPattern, 16) ?? idProblem('span_id', span.spanId, spanIdPattern, 8);
  if (problem !== undefined) {
    issues.reject('span', problem, () => quoted(span.name));
    return false;
  }
  if (span.parentSpanId !== '') repairParent(span, issues);
  checkKeys(span.attributes, issues);
  for (const event of span.events) checkKeys(event.attributes, issues);
  for (const link of span.links) repairLink(link, issues);
  return true;
}

/** A log record is always kept; a bad id leaves it without that association (logs.proto `trace_id`). */
export function admitLog(record: LogRecord, issues: Issues): boolean {
  record.traceId = associatedId('trace_id', record.traceId, traceIdPattern, zeroTraceId, issues);
  record.spanId = associatedId('span_id', record.spanId, spanIdPattern, zeroSpanId, issues);
  checkKeys(record.attributes, issues);
  return true;
}

/** Duplicate keys are "unpredictable" (common/README.md "Attribute Collections"): both are kept, the sender is told. */
export function checkKeys(attributes: readonly KeyValue[], issues: Issues): void {
  const duplicate = findDuplicate(attributes);
  if (duplicate !== undefined) issues.warn('attribute list', 'with a duplicate key, kept as sent', () => quoted(duplicate));
}

function findDuplicate(attributes: readonly KeyValue[]): string | undefined {
  // Nearly every list is short, where comparing pairs beats building a set.
  if (attributes.length > 16) return findDuplicateInSet(attributes);
  for (let i = 1; i < attributes.length; i += 1) {
    const key = attributes[i]?.key;
    for (let j = 0; j < i; j += 1) if (attributes[j]?.key === key) return key;
  }
  return undefined;
}

function findDuplicateInSet(attributes: readonly KeyValue[]): string | undefined {
  const seen = new Set<string>();
  for (const { key } of attributes) {
    if (seen.has(key)) return key;
    seen.add(key);
  }
  return undefined;
}

function idProblem(name: string, id: string, valid: RegExp, bytes: number): string | undefined {
  if (valid.test(id)) return undefined;
  if (isBase64(id, bytes)) return `${name} is base64, but OTLP/JSON writes ids as hex`;
  if (!isShortHex(id)) return `${name} must be ${bytes * 2} hex digits`;
  return `${name} must be ${bytes} bytes, not all zero`;
}

/** Base64 of `bytes` bytes has a length that hex of them never has, and ends in padding. */
function isBase64(id: string, bytes: number): boolean {
  return id.length === Math.ceil(bytes / 3) * 4 && id.endsWith('=');
}

function repairParent(span: Span, issues: Issues): void {
  if (spanIdPattern.test(span.parentSpanId)) return;
  if (span.parentSpanId !== zeroSpanId) issues.warn('span', 'whose parent_span_id is not 8 bytes, kept as a root', () => quoted(span.name));
  span.parentSpanId = '';
}

/** A link points anywhere, so a bad id costs nothing but the jump: it is kept as hex as far as that goes, up to 32 bytes, and is empty otherwise. */
function repairLink(link: SpanLink, issues: Issues): void {
  checkKeys(link.attributes, issues);
  if (traceIdPattern.test(link.traceId) && spanIdPattern.test(link.spanId)) return;
  issues.warn('link', 'without a valid trace_id and span_id, kept');
  if (!isShortHex(link.traceId)) link.traceId = '';
  if (!isShortHex(link.spanId)) link.spanId = '';
}

function associatedId(name: string, id: string, valid: RegExp, zero: string, issues: Issues): string {
  if (id === '' || id === zero) return '';
  if (valid.test(id)) return id;
  issues.warn('log record', `whose ${name} is not ${zero.length / 2} bytes in hex, kept without it`);
  return '';
}

function isShortHex(id: string): boolean {
  return id.length <= 64 && /^(?:[0-9a-f]{2})*$/.test(id);
}
