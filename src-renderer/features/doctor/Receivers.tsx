import type { ReceiverStatus } from '#proto/bridge/shapes';
import { inertText } from '#proto/text/inert-text';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import styles from './Doctor.module.css';

const protocolNames = { grpc: 'gRPC', http: 'HTTP' } as const;

/** Where Sidelight listens, and in plain words why not. */
export const Receivers = ({ receivers }: { receivers: readonly ReceiverStatus[] }) => (
  <ul className={styles['receivers']} aria-label="Receivers">
    {receivers.map((receiver) => (
      <li key={receiver.protocol} className={styles['receiver']}>
        <span className={styles['state']} data-state={receiver.state} aria-hidden />
        {protocolNames[receiver.protocol]}
        {receiver.state === 'listening' ? (
          <>
            <code>{receiver.url}</code>
            <CopyButton text={receiver.url} label={`Copy the ${protocolNames[receiver.protocol]} address`} />
          </>
        ) : (
          <span className={styles['look']} title={inertText(receiver.message)}>
            off
          </span>
        )}
      </li>
    ))}
  </ul>
);
