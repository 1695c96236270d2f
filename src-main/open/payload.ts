import type { Signal } from '#proto/model/batch';

/** A request of OTLP, as a receiver would take it. */
export interface Payload {
  signal: Signal;
  contentType: 'application/json' | 'application/x-protobuf';
  format: Format;
  body: Uint8Array;
  /** Where in the file it comes from, for a person: "line 3". */
  place: string;
  content: Content;
}

/** What a payload holds. */
export interface Content {
  records: number;
  /** Of the records, as far as they are spans; lower-case hex. */
  traceIds: string[];
}

/** A part of a file that is no telemetry, in words. */
export interface Problem {
  place: string;
  message: string;
}

/** Nothing else that a file yields has a message. */
export const isProblem = (part: object): part is Problem => 'message' in part;

/** What a file is written in. */
export type Format = 'OTLP JSON' | 'OTLP protobuf' | 'Jaeger JSON' | 'Zipkin JSON';

/** The file is none of the formats at all. */
export class UnknownFormatError extends Error {
  override name = 'UnknownFormatError';

  constructor(reason: string) {
    super(
      `This file cannot be read: ${reason}. OTLP as JSON, as JSON Lines and as protobuf, Jaeger JSON and Zipkin v2 JSON can be opened.`,
    );
  }
}

/** The largest request that is read as a whole. */
export const mostPayloadBytes = 64 * 1024 * 1024;
