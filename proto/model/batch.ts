import type { LogRecord } from './log.ts';
import type { Resource, Scope } from './resource.ts';
import type { Span } from './span.ts';

export type Signal = 'traces' | 'logs' | 'metrics';

/** How an OTLP payload is written on the wire. */
export type Encoding = 'protobuf' | 'json';

/** Records of one export request under the resource and scope that produced them, in the order in which they were sent. */
export interface ScopedRecords<Item> {
  resource: Resource;
  scope: Scope;
  items: Item[];
}

/** What decoding one request gives: the good records, how many could never be stored, and in plain English why or what was repaired. */
export interface Decoded<Item> {
  groups: ScopedRecords<Item>[];
  rejected: number;
  warnings: string[];
}

export type DecodedTraces = Decoded<Span>;
export type DecodedLogs = Decoded<LogRecord>;
