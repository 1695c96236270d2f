import { ArrowUp } from 'lucide-react';
import { formatCount } from '#proto/text/count';
import styles from './NewRows.module.css';

interface NewRowsProps {
  /** `isAtLeast`: there are probably more. */
  waiting: { count: number; isAtLeast: boolean };
  onShow: () => void;
}

/** How many rows wait above a list that is held still; stands in its head, where it covers nothing. */
export const NewRows = ({ waiting: { count, isAtLeast }, onShow }: NewRowsProps) =>
  count === 0 ? undefined : (
    <button type="button" className={styles['pill']} onClick={onShow}>
      <ArrowUp size={12} aria-hidden />
      {`${formatCount(count)}${isAtLeast ? '+' : ''} new`}
    </button>
  );
