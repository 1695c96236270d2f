import type { ReactNode } from 'react';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import styles from './View.module.css';

interface ViewProps {
  label: string;
  /** What can be chosen. */
  tools: ReactNode;
  /** How much of the trace is shown. */
  note?: ReactNode;
  /** Closes the inspector; undefined while it is closed. */
  onClose: (() => void) | undefined;
  children: ReactNode;
}

/** One of the ways of looking at a trace: a bar of tools, and below it the view in all the room that is left. */
export const View = ({ label, tools, note, onClose, children }: ViewProps) => {
  useShortcuts([{ keys: 'Escape', label: 'Close the span', group: 'Trace', run: () => onClose?.() }]);
  return (
    <div className={styles['view']}>
      <div className={styles['bar']} role="group" aria-label={label}>
        {tools}
        <span className={styles['note']} role="status">
          {note}
        </span>
      </div>
      {children}
    </div>
  );
};
