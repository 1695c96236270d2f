import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { formatCount } from '#proto/text/count';
import { readPreference, writePreference } from '#ui/base/preference.ts';
import styles from './DetailSection.module.css';

interface DetailSectionProps {
  /** Names the remembered state, e.g. `log.resource`: who folds a section away wants it folded for the next record too. */
  id: string;
  title: string;
  count?: number;
  /** Folded away until somebody asks. */
  closedAtFirst?: boolean;
  children: ReactNode;
}

/** A part of an inspector under a heading that folds it away. */
export const DetailSection = ({ id, title, count, closedAtFirst = false, children }: DetailSectionProps) => {
  const [isOpen, setOpen] = useState(() => (readPreference(`section.${id}`) ?? (closedAtFirst ? 'closed' : 'open')) === 'open');
  const toggle = (): void => {
    setOpen(!isOpen);
    writePreference(`section.${id}`, isOpen ? 'closed' : 'open');
  };
  return (
    <section className={styles['section']} aria-label={title}>
      <h3 className={styles['heading']}>
        <button type="button" className={styles['toggle']} aria-expanded={isOpen} onClick={toggle}>
          <ChevronRight className={styles['chevron']} size={12} aria-hidden />
          {title}
          {count === undefined ? undefined : <span className={styles['count']}>{formatCount(count)}</span>}
        </button>
      </h3>
      {isOpen ? <div className={styles['content']}>{children}</div> : undefined}
    </section>
  );
};
