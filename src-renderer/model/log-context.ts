import type { LogItem } from '#proto/bridge/shapes';
import { formatDuration } from '#proto/text/duration';

type Times = Pick<LogItem, 'timeUnixNano' | 'observedTimeUnixNano'>;

/** Why the time of a record is not its own, in words; undefined where it is (logs.proto `time_unix_nano`). */
export const timeNote = ({ timeUnixNano, observedTimeUnixNano }: Times): string | undefined => {
  if (timeUnixNano !== '0') return undefined;
  return observedTimeUnixNano === '0'
    ? 'The sender set no time: ordered by when Sidelight received it.'
    : 'The sender set no time: ordered by when it was observed.';
};

/** How long after its own time a record was observed; undefined where either is not set. */
export const observedNote = ({ timeUnixNano, observedTimeUnixNano }: Times): string | undefined => {
  if (timeUnixNano === '0' || observedTimeUnixNano === '0') return undefined;
  const delayNs = BigInt(observedTimeUnixNano) - BigInt(timeUnixNano);
  if (delayNs === 0n) return undefined;
  return delayNs > 0n ? `${formatDuration(String(delayNs))} later` : `${formatDuration(String(-delayNs))} before its own time`;
};

/** Where the trace context comes from if not from the record's own fields, or what it means that there is none. */
export const contextNote = (log: Pick<LogItem, 'traceId' | 'spanId' | 'contextTraceId' | 'contextSpanId'>): string | undefined => {
  if (log.contextTraceId === '') {
    return 'No trace context: this line was logged outside of any span, or the logger is not connected to OpenTelemetry.';
  }
  if (log.traceId === '') return 'Read from the attributes that a logging integration left; the record’s own fields are empty.';
  if (log.contextSpanId === '') return 'The record names a trace, but no span in it.';
  return undefined;
};

/** `flags & 0xFF` are the W3C trace flags, of which bit 0 says "sampled" (logs.proto `flags`). */
export const flagsText = (flags: number): string => {
  const traceFlags = flags & 0xff;
  const hex = traceFlags.toString(16).padStart(2, '0');
  return `${hex} (${(traceFlags & 1) === 1 ? 'sampled' : 'not sampled'})`;
};
