import styles from './SkeletonRows.module.css';

const widthsPercent = [46, 62, 38, 55, 71, 43, 59, 34, 66, 50];

/** Rows in the place of those that are on their way, so that nothing moves when they arrive. Appears only after a moment: fast answers show none. */
export const SkeletonRows = ({ rows = 12, label = 'Loading' }: { rows?: number; label?: string }) => (
  <div className={styles['rows']} role="status" aria-label={label}>
    {Array.from({ length: rows }, (_, index) => (
      <div key={index} className={styles['row']}>
        <span className={styles['bar']} style={{ width: `${widthsPercent[index % widthsPercent.length] ?? 50}%` }} />
        <span className={styles['short']} />
      </div>
    ))}
  </div>
);
