import { CopyButton } from './CopyButton.tsx';
import styles from './CodeBlock.module.css';

/** Lines to paste elsewhere, exactly as they stand. `label` names them for the copy button: "Copy the variables". */
export const CodeBlock = ({ code, label }: { code: string; label: string }) => (
  <div className={styles['block']}>
    {/* Focusable, because it scrolls. */}
    {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
    <pre className={styles['code']} tabIndex={0}>
      {code}
    </pre>
    <CopyButton text={code} label={label} className={styles['copy']} />
  </div>
);
