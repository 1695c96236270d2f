import { mostAttributeValues, mostListedKeys, type TraceAttributes } from '#proto/bridge/trace-attributes';
import type { TelemetryReader } from '#main/store/interface';

export interface TraceAttributesOf {
  traceId: string;
  /** Keys whose values are asked for. */
  key: readonly string[];
}

/** Which attributes a trace has, and the values of some of them; `undefined` where no span of the trace is stored. */
export function readTraceAttributes(reader: TelemetryReader, { traceId, key }: TraceAttributesOf): TraceAttributes | undefined {
  const found = reader.spanAttributes(traceId, key);
  return (
    found && {
      keys: found.keys.slice(0, mostListedKeys),
      keysLeftOut: Math.max(0, found.keys.length - mostListedKeys),
      columns: found.columns.map(({ strings, spanId, value }, index) => ({
        key: key[index] ?? '',
        strings,
        spanId: spanId.slice(0, mostAttributeValues),
        value: value.slice(0, mostAttributeValues),
        leftOut: Math.max(0, value.length - mostAttributeValues),
      })),
    }
  );
}
