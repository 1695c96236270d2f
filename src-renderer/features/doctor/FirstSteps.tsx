import { Link } from '@tanstack/react-router';
import type { ReceiverStatus } from '#proto/bridge/shapes';
import { CodeBlock } from '#ui/widgets/CodeBlock.tsx';
import styles from './Doctor.module.css';
import { SelfTest } from './SelfTest.tsx';

/** Nothing has arrived: what must be true for it to arrive, in the order in which it goes wrong. */
export const FirstSteps = ({ receivers }: { receivers: readonly ReceiverStatus[] }) => {
  const listening = receivers.filter(({ state }) => state === 'listening');
  const url = listening.at(-1)?.url;
  return (
    <section className={styles['section']} aria-labelledby="first-heading">
      <h2 id="first-heading" className={styles['title']}>
        What must be so for something to arrive
      </h2>
      <ol className={styles['steps']}>
        <li>
          <h3 className={styles['step']}>Sidelight listens</h3>
          <p className={styles['text']}>
            {url === undefined ? (
              'No receiver is listening. Free one of their ports, or give it another one, above.'
            ) : (
              <>
                It does, on {listening.map(({ port }) => `port ${port}`).join(' and ')} of this machine, for IPv4 and IPv6. Each port takes
                gRPC and HTTP, protobuf and JSON, so that neither can be the wrong one. TLS is not spoken: addresses begin with http://.
              </>
            )}
          </p>
          <SelfTest />
        </li>
        {url === undefined ? undefined : (
          <li>
            <h3 className={styles['step']}>The program sends here</h3>
            <CodeBlock code={`OTEL_EXPORTER_OTLP_ENDPOINT=${url}\nOTEL_SERVICE_NAME=my-service`} label="Copy the variables" />
            <p className={styles['text']}>
              These must be set where the program is started: in its shell, its launch configuration or its container.{' '}
              <Link to="/setup">Setup</Link> has them for each language. In a container, localhost is the container itself: use{' '}
              <code>host.docker.internal</code>. Where <code>HTTP_PROXY</code> is set, <code>NO_PROXY</code> must name localhost.
            </p>
          </li>
        )}
        <li>
          <h3 className={styles['step']}>The program has something to send</h3>
          <p className={styles['text']}>
            It must be instrumented, and do something: a web service sends its first span with its first request. An SDK then waits up to
            five seconds before it sends; with <code>OTEL_BSP_SCHEDULE_DELAY=500</code> it is half a second.{' '}
            <code>OTEL_LOG_LEVEL=debug</code> lets most SDKs say what they do, and <code>OTEL_SDK_DISABLED</code> or{' '}
            <code>OTEL_TRACES_EXPORTER=none</code> keep them silent.
          </p>
        </li>
        <li>
          <h3 className={styles['step']}>It arrives, or is seen to fail</h3>
          <p className={styles['text']}>
            Whatever reaches a port is listed on this page within a second, also what cannot be taken: TLS, a wrong path, Zipkin, another
            content type. Where nothing is listed, nothing has reached a port.
          </p>
        </li>
      </ol>
    </section>
  );
};
