import styles from './Files.module.css';

const formats = [
  ['OTLP', 'JSON, JSON Lines and protobuf', 'What the Collector’s file exporter and Sidelight’s own export write.'],
  ['Jaeger', 'JSON', 'In Jaeger’s trace view: Trace JSON. Or: curl JAEGER/api/traces/TRACEID'],
  ['Zipkin', 'v2 JSON', 'In Zipkin’s trace view: Download JSON. Or: curl ZIPKIN/api/v2/trace/TRACEID'],
] as const;

/** What can be opened, and where such files come from. */
export const FormatGuide = () => (
  <section className={styles['guide']} aria-labelledby="formats-heading">
    <h2 id="formats-heading" className={styles['title']}>
      What can be opened
    </h2>
    <dl className={styles['formats']}>
      {formats.map(([name, forms, origin]) => (
        <div key={name}>
          <dt>
            {name} <span className={styles['muted']}>{forms}</span>
          </dt>
          <dd>{origin}</dd>
        </div>
      ))}
    </dl>
    <p className={styles['text']}>
      Drop files anywhere on this window, of any size and under any name: the format is told by what they hold. Or run{' '}
      <code>sidelight open FILE</code>.
    </p>
  </section>
);
