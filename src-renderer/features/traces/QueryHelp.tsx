import styles from './QueryHelp.module.css';

const examples = [
  ['timeout', 'a word, anywhere in a name, an attribute value, an event or an error'],
  ['"no route to host"', 'words next to each other'],
  ['service:orders-api', 'traces in which this service took part'],
  ['status:error', 'traces with an error'],
  ['http.route=/orders', 'an attribute with this value; old and new names count as one'],
] as const;

/** What can be asked, shown where nothing else would be. All terms of a query must match. */
export const QueryHelp = () => (
  <dl className={styles['help']}>
    {examples.map(([term, meaning]) => (
      <div key={term} className={styles['example']}>
        <dt>
          <code>{term}</code>
        </dt>
        <dd>{meaning}</dd>
      </div>
    ))}
  </dl>
);
