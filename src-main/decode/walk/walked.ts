import type { Resource, Scope } from '#proto/model/resource';

/**
 * What one pass over OTLP protobuf finds, in columns: no object a record. The bytes are a `TracesData` or `LogsData` message (the same wire format as an export request), and
 * every row number below counts from 0 in the order of the bytes. What occurs often (an attribute, a name) is one row of a table that records point into, so that whoever
 * indexes or verifies looks at each distinct one once.
 */
export interface Walked {
  bytes: Uint8Array;
  /** Spans or log records. */
  count: number;
  /** Byte range of the body of each record's message, behind its tag and length. */
  recordStart: Uint32Array;
  recordEnd: Uint32Array;
  /** Row of each record in `sources`. */
  source: Uint32Array;
  sources: readonly WalkedSource[];
  /** Row of each record's trace in `traceIds`; `noRow` where a log record belongs to none. */
  trace: Uint32Array;
  /** 16 bytes each, distinct, in order of first appearance. */
  traceIds: Uint8Array;
  traceCount: number;
  /** Distinct `KeyValue` messages of records and their events (not of links): byte ranges of their bodies. */
  attributes: ByteRanges;
  /** Rows in `attributes` of record `r`: `attributeRows[attributeFrom[r]]` up to, not including, `attributeRows[attributeFrom[r + 1]]`. Holds `count + 1` entries. */
  attributeFrom: Uint32Array;
  attributeRows: Uint32Array;
  /** Distinct texts: span names, status messages, event names; severity texts. UTF-8, row 0 is the empty one. */
  texts: ByteRanges;
  /** Rows in `texts` in which words are looked for: of a span its name, its status message and the names of its events; of a log record its severity text and event name. */
  textFrom: Uint32Array;
  textRows: Uint32Array;
}

export interface ByteRanges {
  count: number;
  start: Uint32Array;
  end: Uint32Array;
}

/** No such row. */
export const noRow = 0xffff_ffff;

/** A resource together with a scope, as one scope group of the request named them. */
export interface WalkedSource {
  resource: Resource;
  scope: Scope;
  /** Equal keys mean equal resource, scope, schema URLs and implied service; as long as those are in JSON, so not for keeping. */
  key: string;
  /** The service that log records note (`otelServiceName`) where the resource names none; empty otherwise. */
  impliedService: string;
  /** How many records came under it. */
  count: number;
}

export interface WalkedSpans extends Walked {
  /** As numbers whose 16 hex digits are the id as it is written: the first byte on the wire is the most significant one. */
  spanIds: BigUint64Array;
  /** 0 for a root. */
  parentSpanIds: BigUint64Array;
  name: Uint32Array;
  statusMessage: Uint32Array;
  kind: Int32Array;
  statusCode: Int32Array;
  /** Unsigned nanoseconds since the Unix epoch, as sent. */
  startNs: BigUint64Array;
  endNs: BigUint64Array;
  eventCount: Uint32Array;
  links: WalkedLinks;
}

/** Links to spans, of those that name a trace: row of the span that has it, and where the 16 bytes of the trace id and the 8 of the span id begin; 0 for no valid span id. */
export interface WalkedLinks {
  count: number;
  span: Uint32Array;
  traceAt: Uint32Array;
  spanAt: Uint32Array;
}

export interface WalkedLogs extends Walked {
  /** The span in which the record was logged (`logContext`, like `trace`); 0 for none. */
  spanIds: BigUint64Array;
  severity: Int32Array;
  timeNs: BigUint64Array;
  observedNs: BigUint64Array;
  /** Byte range of the body's `AnyValue` message; both 0 where none was sent. */
  bodyStart: Uint32Array;
  bodyEnd: Uint32Array;
}
