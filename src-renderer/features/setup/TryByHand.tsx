import { useState } from 'react';
import { CodeBlock } from '#ui/widgets/CodeBlock.tsx';
import styles from './Guide.module.css';
import { curlLine } from './curl-line.ts';

/** When nothing arrives: is it the service, or the way here? */
export const TryByHand = ({ httpUrl }: { httpUrl: string | undefined }) => {
  const [nowMs] = useState(Date.now);
  if (httpUrl === undefined) return undefined;
  return (
    <section className={styles['section']} aria-labelledby="by-hand-heading">
      <h2 id="by-hand-heading" className={styles['title']}>
        Nothing arrives?
      </h2>
      <p className={styles['text']}>
        Send one span by hand. If it shows up, the way is clear and the service is not exporting: <code>OTEL_LOG_LEVEL=debug</code> lets
        most SDKs say why.
      </p>
      <CodeBlock code={curlLine(httpUrl, nowMs)} label="Copy the command" />
    </section>
  );
};
