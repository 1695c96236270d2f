import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';
import styles from './Inspector.module.css';

interface InspectorProps {
  /** "Span details" */
  label: string;
  head: ReactNode;
  /** What it shows: another one begins at its top. */
  subject: string;
  onClose: () => void;
  children: ReactNode;
}

/** One thing looked at closely, beside the list or picture that it is from: a head that stays, and what scrolls below it. */
export const Inspector = ({ label, head, subject, onClose, children }: InspectorProps) => (
  <aside className={styles['inspector']} aria-label={label}>
    <header className={styles['head']}>
      {head}
      <IconButton label={`Close ${label.toLowerCase()}`} shortcut="Escape" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </header>
    <div key={subject} className={styles['body']}>
      {children}
    </div>
  </aside>
);
