import type { ReceiverStatus } from '#proto/bridge/shapes';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import styles from './Guide.module.css';

const protocolNames = { grpc: 'gRPC', http: 'HTTP' } as const;

/** Where Sidelight listens, and in plain words why not. */
export const Receivers = ({ receivers }: { receivers: readonly ReceiverStatus[] }) => (
  <section className={styles['section']} aria-labelledby="receivers-heading">
    <h2 id="receivers-heading" className={styles['title']}>
      Receivers
    </h2>
    <ul className={styles['receivers']}>
      {receivers.map((receiver) => (
        <li key={receiver.protocol} className={styles['receiver']}>
          <span className={styles['protocol']}>{protocolNames[receiver.protocol]}</span>
          <span className={styles['state']} data-state={receiver.state} aria-hidden />
          {receiver.state === 'listening' ? (
            <>
              <code>{receiver.url}</code>
              <CopyButton text={receiver.url} label={`Copy the ${protocolNames[receiver.protocol]} address`} />
            </>
          ) : (
            <span className={styles['problem']}>{receiver.message}</span>
          )}
        </li>
      ))}
    </ul>
    <p className={styles['text']}>
      Only this machine can reach them. Traces and logs are stored; metrics are accepted and counted. From a container, use{' '}
      <code>--network host</code>, or <code>host.docker.internal</code> on Docker Desktop.
    </p>
  </section>
);
