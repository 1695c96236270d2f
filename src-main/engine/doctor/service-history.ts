import type { ServiceFacts } from './facts.ts';

/** When a request came and how old what it carried was. */
export interface RequestTimes {
  receivedMs: number;
  newestAgeMs: number | undefined;
  waited: number;
  waitedLong: number;
  waitedMs: number;
}

/** What the rules judge a service by, summed over its requests since the start. Times are milliseconds since the Unix epoch. */
export interface ServiceHistory {
  readonly service: string;
  language: string;
  readonly firstSeenMs: number;
  lastSeenMs: number;
  requests: number;
  spans: number;
  logs: number;
  /** Log records that came once the service had sent spans; and how many log records named a trace. */
  logsBesideSpans: number;
  logsInContext: number;
  aheadRecords: number;
  aheadMs: number;
  aheadFirstMs: number;
  aheadLastMs: number;
  /** The last few requests, oldest first. */
  recent: RequestTimes[];
}

/** Enough to tell a habit from an accident. */
const keptRequests = 8;

export function newHistory(service: string, nowMs: number): ServiceHistory {
  const none = { requests: 0, spans: 0, logs: 0, logsBesideSpans: 0, logsInContext: 0 };
  const ahead = { aheadRecords: 0, aheadMs: 0, aheadFirstMs: 0, aheadLastMs: 0 };
  return { service, language: '', firstSeenMs: nowMs, lastSeenMs: nowMs, ...none, ...ahead, recent: [] };
}

export function addToHistory(history: ServiceHistory, facts: ServiceFacts, nowMs: number): void {
  const { newestAgeMs, waited, waitedLong, waitedMs } = facts;
  if (facts.language !== '') history.language = facts.language;
  history.lastSeenMs = nowMs;
  history.requests += 1;
  history.spans += facts.spans;
  history.logs += facts.logs;
  if (history.spans > 0) history.logsBesideSpans += facts.logs;
  history.logsInContext += facts.logsInContext;
  if (facts.aheadRecords > 0) {
    history.aheadFirstMs ||= nowMs;
    history.aheadLastMs = nowMs;
    history.aheadRecords += facts.aheadRecords;
    // The newest sighting, not the largest: a clock that was set is not remembered for what it was.
    history.aheadMs = facts.aheadMs;
  }
  history.recent.push({ receivedMs: nowMs, newestAgeMs, waited, waitedLong, waitedMs });
  if (history.recent.length > keptRequests) history.recent.shift();
}

/** Without a name, several programs may look like one: nothing can be said of what one of them does. */
export function isNamed({ service }: Pick<ServiceHistory, 'service'>): boolean {
  return service !== '' && !service.startsWith('unknown_service');
}
