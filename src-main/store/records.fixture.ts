import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { admitLogs, admitTraces } from '#main/decode/walk/admit';
import { encodeLogs, encodeTraces } from '#main/decode/walk/encode';
import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { ScopedRecords } from '#proto/model/batch';
import type { LogRecord } from '#proto/model/log';
import type { Resource, Scope } from '#proto/model/resource';
import type { Span } from '#proto/model/span';
import type { Append, LogQuery } from './interface.ts';

/** Records for tests of the store, plain unless told otherwise. */

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'sidelight-store-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export const traceIdOf = (number: number): string => number.toString(16).padStart(32, '0');
export const spanIdOf = (number: number): string => number.toString(16).padStart(16, '0');

export function attribute(key: string, value: string | AnyValue): KeyValue {
  return { key, value: typeof value === 'string' ? { stringValue: value } : value };
}

export function resourceOf(service: string, ...attributes: KeyValue[]): Resource {
  return { attributes: [attribute('service.name', service), ...attributes], droppedAttributesCount: 0, entityRefs: [], schemaUrl: '' };
}

export const plainScope: Scope = { name: 'test', version: '1', attributes: [], droppedAttributesCount: 0, schemaUrl: '' };

let lastSpan = 0;

export function spanOf(fields: Partial<Span>): Span {
  lastSpan += 1;
  return {
    traceId: traceIdOf(1),
    spanId: spanIdOf(lastSpan),
    traceState: '',
    parentSpanId: '',
    flags: 0,
    name: 'GET /',
    kind: 2,
    startTimeUnixNano: '1700000000000000000',
    endTimeUnixNano: '1700000000001000000',
    attributes: [],
    droppedAttributesCount: 0,
    events: [],
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: { code: 0, message: '' },
    ...fields,
  };
}

export function logOf(fields: Partial<LogRecord>): LogRecord {
  return {
    timeUnixNano: '1700000000000000000',
    observedTimeUnixNano: '1700000000000000001',
    severityNumber: 9,
    severityText: 'INFO',
    body: { stringValue: 'hello' },
    attributes: [],
    droppedAttributesCount: 0,
    flags: 0,
    traceId: '',
    spanId: '',
    eventName: '',
    ...fields,
  };
}

let lastRequest = 0;

function request(records: Append['records'], receivedNs: bigint): Append {
  lastRequest += 1;
  return { payloadHash: createHash('sha256').update(`request ${lastRequest}`).digest(), receivedNs, records };
}

export function requestOfSpans(groups: ScopedRecords<Span>[], receivedNs = 1_700_000_001_000_000_000n): Append {
  return request({ signal: 'traces', pieces: admitTraces(encodeTraces(groups), 'protobuf').pieces }, receivedNs);
}

export function requestOfLogs(groups: ScopedRecords<LogRecord>[], receivedNs = 1_700_000_001_000_000_000n): Append {
  return request({ signal: 'logs', pieces: admitLogs(encodeLogs(groups), 'protobuf').pieces }, receivedNs);
}

/** Spans of one service in one request. */
export function spansFrom(service: string, ...items: Span[]): Append {
  return requestOfSpans([{ resource: resourceOf(service), scope: plainScope, items }]);
}

/** Log records of one service in one request. */
export function logsFrom(service: string, ...items: LogRecord[]): Append {
  return requestOfLogs([{ resource: resourceOf(service), scope: plainScope, items }]);
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** All log records of a store, in their order. */
export const everyLog: LogQuery = {
  query: { kind: 'and', of: [] },
  limit: 1000,
  traceId: undefined,
  spanId: undefined,
  minSeverity: 0,
  order: 'oldest',
  after: undefined,
};
