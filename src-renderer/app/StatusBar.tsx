import { Link } from '@tanstack/react-router';
import type { EngineStatus } from '#proto/bridge/shapes';
import { formatBytes, formatCount, plural } from '#proto/text/count';
import { type ConnectionState, useConnection } from '#ui/bridge/index.ts';
import { protocolNames } from './protocol-names.ts';
import { ProblemsLink } from './ProblemsLink.tsx';
import styles from './StatusBar.module.css';

const connectionNames: Record<ConnectionState, string> = {
  connecting: 'Connecting…',
  connected: 'Connected',
  lost: 'Not connected',
  unauthorised: 'Not let in',
};

/** Is it listening, and what does it hold: one line that is always there. */
export const StatusBar = ({ status }: { status: EngineStatus | undefined }) => {
  const connection = useConnection();
  return (
    <footer className={styles['bar']} aria-label="Status">
      {status?.receivers.map((receiver) => (
        <Link
          key={receiver.protocol}
          to="/setup"
          className={styles['receiver']}
          title={receiver.state === 'listening' ? `Listening at ${receiver.url}` : receiver.message}
        >
          <span className={styles['dot']} data-state={receiver.state} aria-hidden />
          {protocolNames[receiver.protocol]} {receiver.state === 'listening' ? receiver.port : 'off'}
        </Link>
      ))}
      <span className={styles['space']} />
      {status === undefined ? undefined : <ProblemsLink findings={status.doctor.findings} />}
      {status === undefined ? undefined : <Amounts status={status} />}
      {connection === 'connected' ? undefined : (
        <span className={styles['look']} role="status">
          {connectionNames[connection]}
        </span>
      )}
    </footer>
  );
};

const Amounts = ({ status: { stored, received, dataDirectory } }: { status: EngineStatus }) => (
  <>
    {received.rejectedRecords > 0 ? (
      <span className={styles['look']} title="Records since the start that could not be stored, for example for want of a valid trace id.">
        {formatCount(received.rejectedRecords)} rejected
      </span>
    ) : undefined}
    {received.metricPointsNotStored > 0 ? (
      <span className={styles['aside']} title="Metrics are accepted and counted; no view stores them yet.">
        {plural(received.metricPointsNotStored, 'metric point')} not stored
      </span>
    ) : undefined}
    <span>{plural(stored.spans, 'span')}</span>
    <span>{plural(stored.logs, 'log record')}</span>
    <span title={`In ${dataDirectory}. Beyond ${formatBytes(stored.maxBytes)} the oldest is dropped.`}>
      {formatBytes(stored.bytes)}
      <span className={styles['aside']}> of {formatBytes(stored.maxBytes)}</span>
    </span>
  </>
);
