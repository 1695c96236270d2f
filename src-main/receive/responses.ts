import type { Encoding, Signal } from '#proto/model/batch';
import type { GrpcCode } from './grpc-code.ts';

/**
 * The few messages that a receiver answers with, written by hand in both encodings: `Export{Trace,Logs,Metrics}ServiceResponse`
 * (opentelemetry/proto/collector/…) and `google.rpc.Status` with `BadRequest` or `RetryInfo` (google/rpc/status.proto, error_details.proto).
 */
export interface Status {
  code: GrpcCode;
  /** In English, for the developer whose client gets it. */
  message: string;
  detail?: 'BadRequest' | 'RetryInfo';
}

/** What clients are told to wait. They give up on a batch after 10 s in all, so a longer wait would lose it. */
export const retryDelaySeconds = 1;

/** OTLP 1.11 caps responses at 4 MiB, and gRPC puts the message of a status in a header, where some clients stop at 8 KiB. */
const maxErrorMessageBytes = 4096;
const maxStatusMessageBytes = 1024;

const rejectedName: Record<Signal, string> = { traces: 'rejectedSpans', logs: 'rejectedLogRecords', metrics: 'rejectedDataPoints' };
const typeUrl = (name: string): string => `type.googleapis.com/google.rpc.${name}`;

/** An export's response. Full success leaves `partial_success` unset, which is 0 bytes or `{}`; a message with nothing rejected is a warning. */
export function exportResponse(encoding: Encoding, signal: Signal, rejected: number, message: string): Uint8Array {
  const partial = rejected > 0 || message !== '';
  const errorMessage = cut(message, maxErrorMessageBytes);
  if (encoding === 'protobuf')
    return partial ? lengthDelimited(1, concat(varintField(1, rejected), text(2, errorMessage))) : new Uint8Array();
  const partialSuccess = { ...(rejected > 0 ? { [rejectedName[signal]]: String(rejected) } : {}), errorMessage };
  return utf8(JSON.stringify(partial ? { partialSuccess } : {}));
}

/** The body of every HTTP 4xx and 5xx, and of gRPC's `grpc-status-details-bin`. */
export function statusResponse(encoding: Encoding, { code, message, detail }: Status): Uint8Array {
  const shortMessage = statusMessage(message);
  if (encoding === 'json') {
    const details = detail === undefined ? undefined : [{ '@type': typeUrl(detail), ...jsonDetail(detail, shortMessage) }];
    return utf8(JSON.stringify({ code, message: shortMessage, details }));
  }
  const any =
    detail === undefined
      ? new Uint8Array()
      : lengthDelimited(3, concat(text(1, typeUrl(detail)), lengthDelimited(2, protobufDetail(detail, shortMessage))));
  return concat(varintField(1, code), text(2, shortMessage), any);
}

/** `message` without lone surrogates, short enough for a gRPC header. */
export function statusMessage(message: string): string {
  return cut(message, maxStatusMessageBytes);
}

function jsonDetail(detail: 'BadRequest' | 'RetryInfo', description: string): object {
  return detail === 'RetryInfo' ? { retryDelay: `${retryDelaySeconds}s` } : { fieldViolations: [{ description }] };
}

function protobufDetail(detail: 'BadRequest' | 'RetryInfo', description: string): Uint8Array {
  return lengthDelimited(1, detail === 'RetryInfo' ? varintField(1, retryDelaySeconds) : text(2, description));
}

/** proto3 leaves out a field with its default value. */
function varintField(field: number, value: number): Uint8Array {
  return value === 0 ? new Uint8Array() : Uint8Array.from([field << 3, ...varint(value)]);
}

function text(field: number, value: string): Uint8Array {
  return value === '' ? new Uint8Array() : lengthDelimited(field, utf8(value));
}

function lengthDelimited(field: number, content: Uint8Array): Uint8Array {
  return concat(Uint8Array.from([(field << 3) | 2, ...varint(content.length)]), content);
}

function varint(value: number): number[] {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

function utf8(value: string): Uint8Array {
  return Buffer.from(value, 'utf8');
}

/** The longest beginning of `value` that fits, never half a character. */
function cut(value: string, maxBytes: number): string {
  const wellFormed = value.toWellFormed();
  const { read } = new TextEncoder().encodeInto(wellFormed, new Uint8Array(maxBytes));
  return wellFormed.slice(0, read);
}
