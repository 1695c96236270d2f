import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './FilterChip.module.css';

/** A filter that is on, with a button that takes it off. `what` names it: "service api". */
export const FilterChip = ({ what, onRemove, children }: { what: string; onRemove: () => void; children: ReactNode }) => (
  <span className={styles['chip']}>
    {children}
    <button type="button" className={styles['remove']} aria-label={`Remove filter ${what}`} onClick={onRemove}>
      <X size={12} aria-hidden />
    </button>
  </span>
);
