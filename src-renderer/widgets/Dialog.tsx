import { clsx } from 'clsx';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './Dialog.module.css';

/** A modal dialog on the browser's own `<dialog>`: focus is trapped and restored, Escape and a click beside it close it. Mounted means open. */
export const Dialog = ({ label, onClose, className, children }: { label: string; onClose: () => void; className?: string | undefined; children: ReactNode }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      className={clsx(styles['dialog'], className)}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className={styles['content']}>{children}</div>
    </dialog>
  );
};
