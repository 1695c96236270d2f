import type { ClientReport } from '#proto/bridge/doctor';
import { formatCount, formatShortCount } from '#proto/text/count';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { inertText } from '#proto/text/inert-text';
import { RelativeTime } from '#ui/widgets/RelativeTime.tsx';
import styles from './Doctor.module.css';
import { shortUserAgent } from './short-user-agent.ts';

/** Whoever has sent anything since the start, in an order that holds still. */
export const Clients = ({ clients }: { clients: readonly ClientReport[] }) => (
  <section className={styles['section']} aria-labelledby="clients-heading">
    <h2 id="clients-heading" className={styles['title']}>
      Clients
    </h2>
    <table className={styles['clients']}>
      <thead>
        <tr>
          <th scope="col">Service</th>
          <th scope="col">Client</th>
          <th scope="col">Protocol</th>
          <th scope="col" className={styles['number']}>
            Port
          </th>
          <th scope="col" className={styles['number']} title="Records a second, over the last ten seconds">
            Rate
          </th>
          <th scope="col" className={styles['number']}>
            Spans
          </th>
          <th scope="col" className={styles['number']}>
            Logs
          </th>
          <th scope="col" className={styles['number']}>
            Metrics
          </th>
          <th scope="col" className={styles['number']}>
            Rejected
          </th>
          <th scope="col" className={styles['number']}>
            Seen
          </th>
        </tr>
      </thead>
      <tbody>
        {clients.toSorted(byName).map((client) => (
          <ClientRow key={client.id} client={client} />
        ))}
      </tbody>
    </table>
  </section>
);

const byName = (a: ClientReport, b: ClientReport): number => a.service.localeCompare(b.service) || a.id.localeCompare(b.id);

const ClientRow = ({ client }: { client: ClientReport }) => {
  const { userAgent, protocol, port, records, recordsPerSecond, rejectedRecords, lastSeenUnixNano } = client;
  return (
    <tr>
      <th scope="row">
        <Service client={client} />
      </th>
      <td title={inertText(userAgent)}>{inertText(shortUserAgent(userAgent)) || <span className={styles['none']}>no user agent</span>}</td>
      <td>{protocol}</td>
      <td className={styles['number']}>{port}</td>
      <td className={styles['number']}>
        {recordsPerSecond === 0 ? <span className={styles['none']}>0</span> : rateText(recordsPerSecond)}
        <span className={styles['unit']}> /s</span>
      </td>
      <Amount count={records.traces} />
      <Amount count={records.logs} />
      <Amount count={records.metrics} />
      <Amount count={rejectedRecords} isBad />
      <td className={styles['number']}>
        <RelativeTime time={lastSeenUnixNano} />
      </td>
    </tr>
  );
};

/** Of what could not be read no name is known: then it is not the program that has none. */
const Service = ({ client: { service, records } }: { client: ClientReport }) =>
  service === '' && records.traces + records.logs + records.metrics === 0 ? (
    <span className={styles['none']}>not known</span>
  ) : (
    <ServiceBadge name={service} />
  );

const Amount = ({ count, isBad = false }: { count: number; isBad?: boolean }) => (
  <td className={styles['number']} title={formatCount(count)}>
    {count === 0 ? (
      <span className={styles['none']}>0</span>
    ) : (
      <span className={isBad ? styles['look'] : undefined}>{formatShortCount(count)}</span>
    )}
  </td>
);

const rateText = (perSecond: number): string => (perSecond < 10 ? perSecond.toFixed(1) : formatShortCount(Math.round(perSecond)));
