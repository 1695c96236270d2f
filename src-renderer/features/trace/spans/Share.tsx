import styles from './Share.module.css';

/** A part of a whole, 0 to 1, as a number and as a length that can be compared down a column. */
export const Share = ({ share }: { share: number }) => (
  <span className={styles['share']}>
    <span className={styles['track']} aria-hidden>
      <span className={styles['bar']} style={{ width: `${Math.min(1, share) * 100}%` }} />
    </span>
    <span className={styles['figure']}>{percent(share)}</span>
  </span>
);

const percent = (share: number): string => {
  const value = share * 100;
  if (value > 0 && value < 0.1) return '<0.1%';
  return `${value >= 10 ? Math.round(value) : Number(value.toFixed(1))}%`;
};
