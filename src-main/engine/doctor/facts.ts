import type { MetricCount } from '#main/decode/decode';
import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { ScopedRecords } from '#proto/model/batch';
import type { LogRecord } from '#proto/model/log';
import type { Resource } from '#proto/model/resource';
import { logContext } from '#proto/model/semantic-conventions';
import type { Span } from '#proto/model/span';
import type { UnixNano } from '#proto/model/time';

/** What one request says about one service: sums only, so that it crosses threads for next to nothing. */
export interface ServiceFacts {
  /** `service.name`, cut; empty where the resource has none. */
  service: string;
  /** `telemetry.sdk.language`, cut; empty where unknown. */
  language: string;
  spans: number;
  logs: number;
  metricPoints: number;
  /** Log records that name the trace they belong to, in their fields or in attributes. */
  logsInContext: number;
  /** Records that are stamped later than they arrived, by more than `aheadToleranceMs`; and by how much at most. */
  aheadRecords: number;
  aheadMs: number;
  /** From the newest record's time to its arrival; `undefined` where no record has a time. */
  newestAgeMs: number | undefined;
  /** Spans whose wait between their end and their arrival can have been an SDK's batch, how many of them waited long, and all their waits together. */
  waited: number;
  waitedLong: number;
  waitedMs: number;
}

/** Clocks of one machine, of its containers and its virtual machines agree far better than this unless something is wrong. */
export const aheadToleranceMs = 5000;

/** Batches are sent every 5 s by default, so a span of an idle service waits for up to that; from here on a person who is watching wonders. */
export const longWaitMs = 3000;

/** Nobody configures a batch of minutes: spans that are older are a replay, an import, or were sent again after a pause. */
const longestBatchMs = 60_000;

/** A Collector may send for many; the doctor keeps a hundred. */
const maxServices = 50;
const maxNameChars = 256;

export function factsOfSpans(groups: readonly ScopedRecords<Span>[], receivedNs: bigint): ServiceFacts[] {
  return factsOf(groups, receivedNs, addSpan);
}

export function factsOfLogs(groups: readonly ScopedRecords<LogRecord>[], receivedNs: bigint): ServiceFacts[] {
  return factsOf(groups, receivedNs, addLog);
}

/** Metrics are counted: of their times nothing is known. */
export function factsOfMetrics(counts: readonly MetricCount[]): ServiceFacts[] {
  const services = new Services();
  for (const { resource, points } of counts) services.of(resource).metricPoints += points;
  return services.list();
}

type Add<Item> = (facts: ServiceFacts, item: Item, receivedMs: number) => void;

function factsOf<Item>(groups: readonly ScopedRecords<Item>[], receivedNs: bigint, add: Add<Item>): ServiceFacts[] {
  const services = new Services();
  const receivedMs = Number(receivedNs / 1_000_000n);
  for (const { resource, items } of groups) {
    const facts = services.of(resource);
    for (const item of items) add(facts, item, receivedMs);
  }
  return services.list();
}

/** The facts of one request by service, of the first services in it. */
class Services {
  readonly #byName = new Map<string, ServiceFacts>();

  of({ attributes }: Resource): ServiceFacts {
    const service = textOf(attributes, 'service.name');
    const facts = this.#byName.get(service) ?? noFacts(service, textOf(attributes, 'telemetry.sdk.language'));
    if (this.#byName.size < maxServices) this.#byName.set(service, facts);
    return facts;
  }

  list(): ServiceFacts[] {
    return [...this.#byName.values()];
  }
}

function addSpan(facts: ServiceFacts, { startTimeUnixNano, endTimeUnixNano }: Span, receivedMs: number): void {
  facts.spans += 1;
  // No span arrives before it starts, whatever an instrumentation makes of its end.
  noteAhead(facts, wholeMs(startTimeUnixNano) - receivedMs);
  const waitMs = receivedMs - wholeMs(endTimeUnixNano);
  noteAge(facts, endTimeUnixNano === '0' ? undefined : waitMs);
  if (waitMs < 0 || waitMs > longestBatchMs) return;
  facts.waited += 1;
  facts.waitedMs += waitMs;
  if (waitMs >= longWaitMs) facts.waitedLong += 1;
}

function addLog(facts: ServiceFacts, record: LogRecord, receivedMs: number): void {
  facts.logs += 1;
  if (logContext(record).traceId !== '') facts.logsInContext += 1;
  const time = record.timeUnixNano === '0' ? record.observedTimeUnixNano : record.timeUnixNano;
  if (time === '0') return;
  const ageMs = receivedMs - wholeMs(time);
  noteAhead(facts, -ageMs);
  noteAge(facts, ageMs);
}

/** Milliseconds are all that is judged by, and cost no allocation. */
function wholeMs(time: UnixNano): number {
  return Math.round(Number(time) / 1e6);
}

function noteAhead(facts: ServiceFacts, aheadMs: number): void {
  if (aheadMs <= aheadToleranceMs) return;
  facts.aheadRecords += 1;
  facts.aheadMs = Math.max(facts.aheadMs, aheadMs);
}

function noteAge(facts: ServiceFacts, ageMs: number | undefined): void {
  if (ageMs !== undefined) facts.newestAgeMs = Math.min(ageMs, facts.newestAgeMs ?? ageMs);
}

function noFacts(service: string, language: string): ServiceFacts {
  const none = { spans: 0, logs: 0, metricPoints: 0, logsInContext: 0, aheadRecords: 0, aheadMs: 0, waited: 0, waitedLong: 0, waitedMs: 0 };
  return { service, language, newestAgeMs: undefined, ...none };
}

/** Of duplicate keys the last counts, as everywhere. */
function textOf(attributes: readonly KeyValue[], key: string): string {
  const value: AnyValue | undefined = attributes.findLast((attribute) => attribute.key === key)?.value;
  return value !== undefined && 'stringValue' in value ? value.stringValue.slice(0, maxNameChars) : '';
}
