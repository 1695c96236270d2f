import { useQuery } from '@tanstack/react-query';
import { selfTestService } from '#proto/bridge/doctor';
import { plural } from '#proto/text/count';
import { doctorQuery, statusQuery, useBridge } from '#ui/bridge/index.ts';
import { ErrorState } from '#ui/widgets/ErrorState.tsx';
import { Clients } from './Clients.tsx';
import styles from './Doctor.module.css';
import { Findings } from './Findings.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { Receivers } from './Receivers.tsx';
import { SelfTest } from './SelfTest.tsx';

/** A mistake is no change of the data, so nothing tells of it: a person who has just tried again looks at once. */
const pollMs = 1000;

/** Who sends, what goes wrong on the way here, and what mends it. */
export const DoctorPage = () => {
  const bridge = useBridge();
  const doctor = useQuery({ ...doctorQuery(bridge), refetchInterval: pollMs });
  const receivers = useQuery(statusQuery(bridge)).data?.receivers ?? [];
  const { clients = [], findings = [] } = doctor.data ?? {};
  const isEmpty = clients.every(({ service }) => service === selfTestService);
  return (
    <main className={styles['page']} aria-label="Connections" aria-busy={doctor.isPending}>
      <title>Connections · Sidelight</title>
      <header className={styles['header']}>
        <div>
          <h1 className={styles['heading']}>Connections</h1>
          <p className={styles['text']} role="status">
            {doctor.isPending ? '\u00a0' : isEmpty ? 'Nothing has arrived since the start.' : summaryOf(clients.length, findings.length)}
          </p>
        </div>
        <Receivers receivers={receivers} />
      </header>
      {doctor.isError ? (
        <ErrorState title="The connections could not be read" detail={doctor.error.message} onRetry={() => void doctor.refetch()} />
      ) : undefined}
      {findings.length > 0 ? <Findings findings={findings} /> : undefined}
      {doctor.isSuccess && isEmpty ? <FirstSteps receivers={receivers} /> : undefined}
      {clients.length > 0 ? <Clients clients={clients} /> : undefined}
      {doctor.isSuccess && !isEmpty ? (
        <section className={styles['section']} aria-labelledby="way-heading">
          <h2 id="way-heading" className={styles['title']}>
            One of them does not show up?
          </h2>
          <p className={styles['text']}>
            Send one span through the same ports. If it arrives, the way is clear, and the program does not export:{' '}
            <code>OTEL_LOG_LEVEL=debug</code> lets most SDKs say why.
          </p>
          <SelfTest />
        </section>
      ) : undefined}
    </main>
  );
};

const summaryOf = (clients: number, findings: number): string =>
  `${plural(clients, 'client')}, ${findings === 0 ? 'and nothing to mend' : plural(findings, 'finding')}`;
