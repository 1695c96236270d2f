/** ISO 8601 with a time, as loggers write it: a space for the T, a comma for the point, no zone for the local one. */
const isoTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?\s?(Z|[+-]\d{2}:?\d{2})?/;

/** A program that runs writes today's time; anything else is what it talks about. */
const farMs = 24 * 60 * 60 * 1000;

/** The time at the beginning of `text`, in nanoseconds since 1970, if it can be the time of now (`nowMs`). */
export function timeOf(text: string, nowMs: number): bigint | undefined {
  const [, date, time, fraction = '', zone = ''] = isoTime.exec(text) ?? [];
  const ms = Date.parse(`${date}T${time}${zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`);
  if (Number.isNaN(ms) || Math.abs(ms - nowMs) > farMs) return undefined;
  return BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** Pino's `time`: milliseconds since 1970. */
export function timeOfMs(ms: number, nowMs: number): bigint | undefined {
  return Number.isFinite(ms) && Math.abs(ms - nowMs) <= farMs ? BigInt(Math.trunc(ms)) * 1_000_000n : undefined;
}
