import { inertText } from '#proto/text/inert-text';
import styles from './QueryProblem.module.css';

interface QueryProblemProps {
  id: string;
  query: string;
  /** Index of the first character that is not understood. */
  position: number;
  message: string;
}

/** More of a query is not repeated before the place of the problem. */
const maxBefore = 60;

/** What is wrong with a query, and where in it: below the box that it stands in, which names this as its description. */
export const QueryProblem = ({ id, query, position, message }: QueryProblemProps) => (
  <p id={id} className={styles['problem']} role="alert">
    <code className={styles['query']}>
      {position > maxBefore ? '…' : ''}
      {inertText(query.slice(Math.max(0, position - maxBefore), position))}
      <mark className={styles['place']}>{inertText(query.slice(position, position + maxBefore)) || '␣'}</mark>
    </code>
    <span>{`Character ${position + 1}: ${message}`}</span>
  </p>
);
