import type { UnixNano } from '#proto/model/time';

/** Whole milliseconds since the Unix epoch, in the bridge's words. */
export function unixNano(ms: number): UnixNano {
  return `${ms}000000`;
}
