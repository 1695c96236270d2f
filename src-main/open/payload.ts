import type { Signal } from '#proto/model/batch';

/** A request that can be sent to `/v1/{signal}` as it is. */
export interface Payload {
  signal: Signal;
  contentType: 'application/json' | 'application/x-protobuf';
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

/** The file is none of the formats at all. */
export class UnknownFormatError extends Error {
  override name = 'UnknownFormatError';

  constructor(reason: string) {
    super(`This is not a file of OpenTelemetry: ${reason}. OTLP as JSON, as JSON Lines and as protobuf can be opened.`);
  }
}

/** The largest request that the receivers take (`maxPayloadBytes`). */
export const mostPayloadBytes = 64 * 1024 * 1024;
