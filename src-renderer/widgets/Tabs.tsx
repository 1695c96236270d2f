import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { formatCount } from '#proto/text/count';
import styles from './Tabs.module.css';

export interface Tab<Id extends string> {
  id: Id;
  label: ReactNode;
  /** Shown behind the label where there is one, e.g. the number of events. */
  count?: number;
}

interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly Tab<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
  /** The panel of the selected tab. */
  children: ReactNode;
}

/** A row of tabs over one panel; arrow keys move between them. */
export const Tabs = <Id extends string>({ label, tabs, selected, onSelect, children }: TabsProps<Id>) => (
  <Radix.Root
    className={styles['tabs']}
    value={selected}
    onValueChange={(id) => {
      const tab = tabs.find((known) => known.id === id);
      if (tab !== undefined) onSelect(tab.id);
    }}
  >
    <Radix.List className={styles['list']} aria-label={label}>
      {tabs.map((tab) => (
        <Radix.Trigger key={tab.id} value={tab.id} className={styles['tab']}>
          {tab.label}
          {tab.count === undefined ? undefined : <span className={styles['count']}>{formatCount(tab.count)}</span>}
        </Radix.Trigger>
      ))}
    </Radix.List>
    <Radix.Content key={selected} value={selected} className={styles['panel']} tabIndex={-1}>
      {children}
    </Radix.Content>
  </Radix.Root>
);
