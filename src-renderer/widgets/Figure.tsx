import type { Quantity } from '#proto/text/duration';
import styles from './Figure.module.css';

/** Numbers with units: tabular figures, so that columns hold still, and the unit smaller than the number. */
export const Figure = ({ parts, title }: { parts: readonly Quantity[]; title?: string }) => (
  <span className={styles['figure']} title={title}>
    {parts.map(({ value, unit }, index) => (
      <span key={index}>
        {index === 0 ? '' : ' '}
        {value}
        {unit === '' ? undefined : <span className={styles['unit']}> {unit}</span>}
      </span>
    ))}
  </span>
);
