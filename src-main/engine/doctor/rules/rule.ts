import type { Finding } from '#proto/bridge/doctor';
import { terminalText } from '#main/base/terminal-text';
import type { ServiceHistory } from '../service-history.ts';

/** What a rule says of a service. Where no times are given, it holds for as long as the service has been seen. */
export interface Diagnosis extends Pick<Finding, 'kind' | 'severity' | 'message' | 'fix' | 'setting' | 'count'> {
  firstSeenMs?: number;
  lastSeenMs?: number;
}

/** `undefined`: nothing to say. A false alarm is worse than silence. */
export type Rule = (history: ServiceHistory) => Diagnosis | undefined;

const maxNameChars = 80;

/** A name from outside, fit to stand in a sentence. */
export function nameOf({ service }: Pick<ServiceHistory, 'service'>): string {
  if (service === '') return 'a service without a name';
  return terminalText(service.length > maxNameChars ? `${service.slice(0, maxNameChars)}…` : service);
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "7 seconds", "2 hours": the largest unit that is full, because nobody minds the rest. */
export function inWords(ms: number): string {
  const [unit, unitMs] = units.find(([, size]) => ms >= size) ?? ['second', 1000];
  const count = Math.round(ms / unitMs);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
