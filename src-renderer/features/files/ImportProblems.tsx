import type { ImportReport } from '#proto/bridge/imports';
import { plural } from '#proto/text/count';
import { InertText } from '#ui/components/InertText.tsx';
import styles from './Files.module.css';

/** What of a file was not taken, where, and why. */
export const ImportProblems = ({ report: { problems, problemCount } }: { report: ImportReport }) => {
  if (problemCount === 0) return undefined;
  const left = problemCount - problems.length;
  return (
    <details className={styles['problems']}>
      <summary>
        {plural(problemCount, 'part')} of it {problemCount === 1 ? 'was' : 'were'} not taken
      </summary>
      <ul>
        {problems.map(({ place, message }, index) => (
          <li key={index}>
            <span className={styles['place']}>
              <InertText text={place} />
            </span>{' '}
            <InertText text={message} />
          </li>
        ))}
        {left > 0 ? <li className={styles['muted']}>And {plural(left, 'more', 'more')} like these.</li> : undefined}
      </ul>
    </details>
  );
};
