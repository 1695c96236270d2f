import { type DoctorReport, type Finding, findingKinds, selfTestService } from '#proto/bridge/doctor';
import type { ReceiverStatus } from '#proto/bridge/shapes';
import type { ExportOutcome } from '#main/receive/interface';
import type { Mistake } from '#main/receive/mistake';
import { sampleUserAgent } from '#main/sample/send-samples';
import { Clients } from './clients.ts';
import type { ServiceFacts } from './facts.ts';
import { mistakeSighting } from './mistake-sighting.ts';
import { outcomeSighting, type SentRequest } from './outcome-sighting.ts';
import { portKey, portSighting } from './port-sighting.ts';
import { RecentMap } from './recent-map.ts';
import type { Diagnosis } from './rules/rule.ts';
import { serviceRules } from './rules/service-rules.ts';
import { addToHistory, newHistory, type ServiceHistory } from './service-history.ts';
import type { Sighting } from './sighting.ts';
import { unixNano } from './unix-nano.ts';

/** What the writer has learnt of a request while it decoded it. */
export interface Learnt {
  facts: readonly ServiceFacts[];
}

interface Seen {
  sighting: Sighting;
  count: number;
  firstSeenMs: number;
  lastSeenMs: number;
}

const noRecords = { traces: 0, logs: 0, metrics: 0 };
const maxFindings = 100;
const maxServices = 100;

/** Sidelight's own telemetry is sent once, on demand: no rule about a service's habits has anything to say of it. */
const ownUserAgents = new Set([selfTestService, sampleUserAgent]);

const severityRanks = { error: 0, warning: 1, advice: 2 } as const;
const kindRanks = new Map<Finding['kind'], number>(findingKinds.map((kind, rank) => [kind, rank]));

/**
 * Answers "nothing arrives": remembers who has sent, what was refused and why, and judges what each service sends when it is asked. Bounded, without timers, since the
 * start of the engine only.
 */
export class Doctor {
  readonly #clients = new Clients();
  readonly #services = new RecentMap<ServiceHistory>(maxServices);
  readonly #sightings = new RecentMap<Seen>(maxFindings);
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  noteMistake(mistake: Mistake): void {
    this.#note(mistakeSighting(mistake));
  }

  noteExport(request: SentRequest, outcome: ExportOutcome, { facts }: Learnt): void {
    const sighting = outcomeSighting(request, outcome, facts[0]?.service ?? '');
    if (sighting !== undefined) this.#note(sighting);
    // Whatever could not be stored now will be sent again.
    if (outcome.kind === 'unavailable') return;
    const accepted = outcome.kind === 'accepted';
    this.#deliver(request, accepted ? facts : [], accepted ? outcome.rejected : 0);
    if (accepted && !ownUserAgents.has(request.userAgent)) for (const each of facts) this.#remember(each);
  }

  report(receivers: readonly ReceiverStatus[]): DoctorReport {
    const nowMs = this.#now();
    for (const receiver of receivers) this.#notePort(receiver, receivers);
    const seen = [...this.#sightings.values()].map(findingOf);
    const judged = [...this.#services.values()].flatMap((history) => judge(history));
    const findings = [...seen, ...judged].toSorted(byUrgency).slice(0, maxFindings);
    return { clients: this.#clients.report(nowMs), findings };
  }

  #deliver(request: SentRequest, facts: readonly ServiceFacts[], rejected: number): void {
    const { userAgent, protocol, port } = request;
    const nowMs = this.#now();
    const client = { userAgent, protocol, port };
    // Of what could not be read, no service is known.
    if (facts.length === 0) this.#clients.deliver({ ...client, service: '' }, { records: noRecords, rejected }, nowMs);
    facts.forEach(({ service, spans, logs, metricPoints }, index) => {
      const records = { traces: spans, logs, metrics: metricPoints };
      this.#clients.deliver({ ...client, service }, { records, rejected: index === 0 ? rejected : 0 }, nowMs);
    });
  }

  /** Only traces and logs are judged. */
  #remember(facts: ServiceFacts): void {
    if (facts.spans + facts.logs === 0) return;
    const nowMs = this.#now();
    addToHistory(
      this.#services.use(facts.service, () => newHistory(facts.service, nowMs)),
      facts,
      nowMs,
    );
  }

  /** A state, not an event: it is seen whenever somebody looks, and gone once the receiver listens. */
  #notePort(receiver: ReceiverStatus, receivers: readonly ReceiverStatus[]): void {
    if (receiver.state === 'listening') this.#sightings.delete(portKey(receiver.protocol));
    else this.#note(portSighting(receiver, receivers)).count = 1;
  }

  #note(sighting: Sighting): Seen {
    const nowMs = this.#now();
    const seen = this.#sightings.use(sighting.key, () => ({ sighting, count: 0, firstSeenMs: nowMs, lastSeenMs: nowMs }));
    seen.sighting = sighting;
    seen.count += sighting.count;
    seen.lastSeenMs = nowMs;
    return seen;
  }
}

function findingOf({ sighting: { key, ...words }, count, firstSeenMs, lastSeenMs }: Seen): Finding {
  return { ...words, id: key, count, firstSeenUnixNano: unixNano(firstSeenMs), lastSeenUnixNano: unixNano(lastSeenMs) };
}

function judge(history: ServiceHistory): Finding[] {
  return serviceRules.flatMap((rule) => {
    const diagnosis = rule(history);
    return diagnosis === undefined ? [] : [diagnosed(history, diagnosis)];
  });
}

function diagnosed(history: ServiceHistory, { firstSeenMs, lastSeenMs, ...diagnosis }: Diagnosis): Finding {
  return {
    ...diagnosis,
    id: `${diagnosis.kind} ${diagnosis.severity} ${history.service}`,
    client: history.service,
    firstSeenUnixNano: unixNano(firstSeenMs ?? history.firstSeenMs),
    lastSeenUnixNano: unixNano(lastSeenMs ?? history.lastSeenMs),
  };
}

/** What keeps telemetry from arriving comes first. Among equals the order in which they were first seen, so that nothing moves while it is read. */
function byUrgency(a: Finding, b: Finding): number {
  return (
    severityRanks[a.severity] - severityRanks[b.severity] ||
    (kindRanks.get(a.kind) ?? 0) - (kindRanks.get(b.kind) ?? 0) ||
    a.firstSeenUnixNano.localeCompare(b.firstSeenUnixNano)
  );
}
