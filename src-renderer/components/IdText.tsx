import { shortId } from '#ui/base/short-id.ts';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import styles from './IdText.module.css';

/** A trace or span id, shortened, whole on hover, with a button that copies it. `what` names it: "trace id". */
export const IdText = ({ id, what, whole = false }: { id: string; what: string; whole?: boolean }) => (
  <span className={styles['id']}>
    <code title={id}>{whole ? id : shortId(id)}</code>
    <CopyButton text={id} label={`Copy ${what}`} className={styles['copy'] ?? ''} />
  </span>
);
