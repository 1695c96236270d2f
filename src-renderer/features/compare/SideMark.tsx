import styles from './Compare.module.css';

/** The letter of a side: A is before, B is after. */
export const SideMark = ({ side }: { side: 'a' | 'b' }) => (
  <span className={styles['side']} data-side={side}>
    {side.toUpperCase()}
  </span>
);
