import { ProtobufLogsSerializer, ProtobufMetricsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { Signal } from '#proto/model/batch';
import type { Payload } from './payload.ts';

/** What a receiver said to a request. */
export interface Answer {
  ok: boolean;
  /** Records that can never be stored. */
  rejected: number;
  message: string;
}

interface PartialSuccess {
  errorMessage?: string;
  rejectedSpans?: number | string;
  rejectedLogRecords?: number | string;
  rejectedDataPoints?: number | string;
}

const readers: Record<Signal, (bytes: Uint8Array) => { partialSuccess?: PartialSuccess }> = {
  traces: (bytes) => ProtobufTraceSerializer.deserializeResponse(bytes),
  logs: (bytes) => ProtobufLogsSerializer.deserializeResponse(bytes),
  metrics: (bytes) => ProtobufMetricsSerializer.deserializeResponse(bytes),
};

export function readAnswer({ signal, contentType }: Payload, ok: boolean, bytes: Uint8Array): Answer {
  const isJson = contentType === 'application/json';
  if (!ok) return { ok, rejected: 0, message: isJson ? jsonMessage(bytes) : protobufMessage(bytes) };
  const { partialSuccess = {} } = isJson ? parsed(bytes) : readers[signal](bytes);
  const { errorMessage = '', rejectedSpans, rejectedLogRecords, rejectedDataPoints } = partialSuccess;
  return { ok, rejected: Number(rejectedSpans ?? rejectedLogRecords ?? rejectedDataPoints ?? 0), message: errorMessage };
}

function parsed(bytes: Uint8Array): { partialSuccess?: PartialSuccess; message?: string } {
  return bytes.length === 0 ? {} : (JSON.parse(Buffer.from(bytes).toString('utf8')) as object);
}

function jsonMessage(bytes: Uint8Array): string {
  const { message } = parsed(bytes);
  return message ?? '';
}

/** `google.rpc.Status`: its message is the longest run of text in it. */
function protobufMessage(bytes: Uint8Array): string {
  const runs = Buffer.from(bytes)
    .toString('utf8')
    .split(/\p{Cc}+/u);
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}
