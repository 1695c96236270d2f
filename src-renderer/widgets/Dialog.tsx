import { clsx } from 'clsx';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './Dialog.module.css';

/**
 * A modal dialog on the browser's own `<dialog>`: focus is trapped and restored, Escape and a click beside it close it. Mounted means open. An element
 * with `data-focus-first` has the focus at the start.
 */
export const Dialog = ({
  label,
  onClose,
  className,
  children,
}: {
  label: string;
  onClose: () => void;
  className?: string | undefined;
  children: ReactNode;
}) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    element.showModal();
    element.querySelector<HTMLElement>('[data-focus-first]')?.focus();
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
      closedby="any"
    >
      <div className={styles['content']}>{children}</div>
    </dialog>
  );
};
