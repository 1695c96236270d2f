import type { EngineStatus, ReceiverStatus } from '#proto/bridge/shapes';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import styles from './Guide.module.css';

const protocolNames = { grpc: 'gRPC', http: 'HTTP' } as const;

/** Where Sidelight listens, and in plain words why not. */
export const Receivers = ({
  receivers,
  beyondLoopback,
}: {
  receivers: readonly ReceiverStatus[];
  beyondLoopback: EngineStatus['beyondLoopback'];
}) => (
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
    {beyondLoopback === undefined ? undefined : (
      <p className={styles['problem']}>
        They also listen on {beyondLoopback.addresses.join(', ')}: whoever reaches that can send, if they have the token.
      </p>
    )}
    <p className={styles['text']}>
      {beyondLoopback === undefined ? 'Only this machine can reach them. ' : ''}Either takes gRPC and HTTP. Traces and logs are stored;
      metrics are accepted and counted.
    </p>
  </section>
);
