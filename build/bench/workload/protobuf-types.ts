import { globSync } from 'node:fs';
import protobuf from 'protobufjs';

/** The OTLP messages as protobufjs reads and writes them: an encoder that is independent of the code under test, and the decoder that an obvious design would use. */
const root = new protobuf.Root();
root.resolvePath = (_origin, target) => (target.startsWith('proto/otlp/') ? target : `proto/otlp/${target}`);
root.loadSync(globSync('proto/otlp/opentelemetry/proto/collector/{trace,logs}/v1/*.proto'));

export const traceRequestType = root.lookupType('opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest');
export const logsRequestType = root.lookupType('opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest');

/** A `KeyValue` with a text. */
export function text(key: string, value: string): object {
  return { key, value: { stringValue: value } };
}

export function integer(key: string, value: number): object {
  return { key, value: { intValue: value } };
}
