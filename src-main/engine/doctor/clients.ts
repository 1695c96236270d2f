import type { ClientReport } from '#proto/bridge/doctor';
import { Rate } from './rate.ts';
import { RecentMap } from './recent-map.ts';
import { unixNano } from './unix-nano.ts';

export type ClientIdentity = Pick<ClientReport, 'userAgent' | 'service' | 'protocol' | 'port'>;

export interface Delivery {
  records: ClientReport['records'];
  rejected: number;
}

interface Client {
  identity: ClientIdentity;
  id: string;
  records: ClientReport['records'];
  requests: number;
  rejectedRecords: number;
  rate: Rate;
  firstSeenMs: number;
  lastSeenMs: number;
}

const maxClients = 100;

/** Who has sent anything, and how much. */
export class Clients {
  readonly #clients = new RecentMap<Client>(maxClients);

  deliver(identity: ClientIdentity, { records, rejected }: Delivery, nowMs: number): void {
    const id = `${identity.protocol} ${identity.port} ${identity.service} ${identity.userAgent}`;
    const client = this.#clients.use(id, () => newClient(id, identity, nowMs));
    client.lastSeenMs = nowMs;
    client.requests += 1;
    client.rejectedRecords += rejected;
    client.records.traces += records.traces;
    client.records.logs += records.logs;
    client.records.metrics += records.metrics;
    client.rate.add(records.traces + records.logs + records.metrics, nowMs);
  }

  /** Most recently seen first. */
  report(nowMs: number): ClientReport[] {
    return [...this.#clients.values()].toReversed().map(({ identity, rate, firstSeenMs, lastSeenMs, records, ...counts }) => ({
      ...identity,
      ...counts,
      records: { ...records },
      recordsPerSecond: rate.perSecond(nowMs),
      firstSeenUnixNano: unixNano(firstSeenMs),
      lastSeenUnixNano: unixNano(lastSeenMs),
    }));
  }
}

function newClient(id: string, identity: ClientIdentity, nowMs: number): Client {
  const counts = { records: { traces: 0, logs: 0, metrics: 0 }, requests: 0, rejectedRecords: 0 };
  return { id, identity, ...counts, rate: new Rate(), firstSeenMs: nowMs, lastSeenMs: nowMs };
}
