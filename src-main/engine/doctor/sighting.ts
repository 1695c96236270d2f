import type { Finding } from '#proto/bridge/doctor';

/** One time that something was seen to go wrong. Sightings with the same `key` are one finding, in the words of the newest. */
export interface Sighting extends Pick<Finding, 'kind' | 'severity' | 'message' | 'fix' | 'setting' | 'client'> {
  key: string;
  /** How many times at once. */
  count: number;
}
