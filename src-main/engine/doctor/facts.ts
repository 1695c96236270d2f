import type { MetricCount } from '#main/decode/decode';
import { noRow, type Walked, type WalkedLogs, type WalkedSpans } from '#main/decode/walk/walked';
import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { Resource } from '#proto/model/resource';
import { MillisecondColumn } from './millisecond-column.ts';

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

export function factsOfSpans(pieces: readonly WalkedSpans[], receivedMs: number): ServiceFacts[] {
  const services = new Services();
  for (const piece of pieces) {
    const facts = factsOfSources(services, piece);
    const startMs = new MillisecondColumn(piece.startNs);
    const endMs = new MillisecondColumn(piece.endNs);
    for (let row = 0; row < piece.count; row++) {
      addSpan(factsAt(facts, piece, row), startMs.at(row), endMs.at(row), receivedMs);
    }
  }
  return services.list();
}

export function factsOfLogs(pieces: readonly WalkedLogs[], receivedMs: number): ServiceFacts[] {
  const services = new Services();
  for (const piece of pieces) {
    const facts = factsOfSources(services, piece);
    const timeMs = new MillisecondColumn(piece.timeNs);
    const observedMs = new MillisecondColumn(piece.observedNs);
    for (let row = 0; row < piece.count; row++) {
      addLog(factsAt(facts, piece, row), timeMs.at(row) ?? observedMs.at(row), piece.trace[row] !== noRow, receivedMs);
    }
  }
  return services.list();
}

/** Metrics are counted: of their times nothing is known. */
export function factsOfMetrics(counts: readonly MetricCount[]): ServiceFacts[] {
  const services = new Services();
  for (const { resource, points } of counts) services.of(resource).metricPoints += points;
  return services.list();
}

/** Of each row of `sources`. */
function factsOfSources(services: Services, { sources }: Walked): ServiceFacts[] {
  return sources.map(({ resource }) => services.of(resource));
}

function factsAt(facts: readonly ServiceFacts[], { source }: Walked, row: number): ServiceFacts {
  const found = facts[source[row] ?? noRow];
  if (found === undefined) throw new RangeError(`Record ${row} has no source.`);
  return found;
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

function addSpan(facts: ServiceFacts, startMs: number | undefined, endMs: number | undefined, receivedMs: number): void {
  facts.spans += 1;
  // No span arrives before it starts, whatever an instrumentation makes of its end.
  if (startMs !== undefined) noteAhead(facts, startMs - receivedMs);
  if (endMs === undefined) return;
  const waitMs = receivedMs - endMs;
  noteAge(facts, waitMs);
  if (waitMs < 0 || waitMs > longestBatchMs) return;
  facts.waited += 1;
  facts.waitedMs += waitMs;
  if (waitMs >= longWaitMs) facts.waitedLong += 1;
}

function addLog(facts: ServiceFacts, timeMs: number | undefined, inContext: boolean, receivedMs: number): void {
  facts.logs += 1;
  if (inContext) facts.logsInContext += 1;
  if (timeMs === undefined) return;
  noteAhead(facts, timeMs - receivedMs);
  noteAge(facts, receivedMs - timeMs);
}

function noteAhead(facts: ServiceFacts, aheadMs: number): void {
  if (aheadMs <= aheadToleranceMs) return;
  facts.aheadRecords += 1;
  facts.aheadMs = Math.max(facts.aheadMs, aheadMs);
}

function noteAge(facts: ServiceFacts, ageMs: number): void {
  facts.newestAgeMs = Math.min(ageMs, facts.newestAgeMs ?? ageMs);
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
