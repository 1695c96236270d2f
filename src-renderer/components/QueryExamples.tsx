import styles from './QueryExamples.module.css';

/** A term of the query language, and what it finds. */
export type QueryExample = readonly [term: string, meaning: string];

/** What can be asked, shown where nothing else would be. All terms of a query must match. */
export const QueryExamples = ({ examples }: { examples: readonly QueryExample[] }) => (
  <dl className={styles['examples']}>
    {examples.map(([term, meaning]) => (
      <div key={term} className={styles['example']}>
        <dt>
          <code>{term}</code>
        </dt>
        <dd className={styles['meaning']}>{meaning}</dd>
      </div>
    ))}
  </dl>
);
