import { queryFields, type Subject } from '#proto/model/query-fields';
import styles from './QueryExamples.module.css';

/** A term of the query language, and what it finds. */
type QueryExample = readonly [term: string, meaning: string];

const words: readonly QueryExample[] = [
  ['timeout', 'a word, wherever it stands'],
  ['"no route to host"', 'words next to each other'],
];

const combinations: readonly QueryExample[] = [
  ['http.route=/orders', 'an attribute with exactly this value; old and new names count as one'],
  ['http.response.status_code>=500', 'an attribute with a number at least as great'],
  ['http.route=/orders/*', 'an attribute with a value that begins so; * stands for anything'],
  ['http.route~"^/orders/\\d+$"', 'an attribute in which the regular expression is found'],
  ['user.id=*', 'an attribute that is there, with any value'],
  ['(refused OR timeout) NOT retry', 'either word, but not the other one'],
];

/** What can be asked, shown where nothing else would be. One span, or one line, meets all terms of a query. */
export const QueryExamples = ({ subject }: { subject: Subject }) => {
  const fields = queryFields
    .filter(({ subjects }) => subjects.includes(subject))
    .map(({ example, description }): QueryExample => [example, description]);
  return (
    <dl className={styles['examples']}>
      {[...words, ...fields, ...combinations].map(([term, meaning]) => (
        <div key={term} className={styles['example']}>
          <dt>
            <code>{term}</code>
          </dt>
          <dd className={styles['meaning']}>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
};
