import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Select.module.css';

interface SelectProps {
  /** Before the choice: "Group by". */
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** `option` and `optgroup` elements. */
  children: ReactNode;
}

/** One of many choices, in the system's own list, which every keyboard and reader knows. */
export const Select = ({ label, value, onChange, children }: SelectProps) => (
  <label className={styles['select']}>
    <span className={styles['label']}>{label}</span>
    <span className={styles['box']}>
      <select className={styles['native']} value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
      <ChevronDown size={12} aria-hidden />
    </span>
  </label>
);
