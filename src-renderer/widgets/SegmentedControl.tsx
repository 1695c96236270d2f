import { type ReactNode, useId } from 'react';
import styles from './SegmentedControl.module.css';

export interface Segment<Id extends string> {
  id: Id;
  label: ReactNode;
}

interface SegmentedControlProps<Id extends string> {
  label: string;
  segments: readonly Segment<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
}

/** One of a few choices, all visible: radio buttons, so arrow keys choose and a form reader knows them. */
export const SegmentedControl = <Id extends string>({ label, segments, selected, onSelect }: SegmentedControlProps<Id>) => {
  const name = useId();
  return (
    <fieldset className={styles['control']} aria-label={label}>
      {segments.map((segment) => (
        <label key={segment.id} className={styles['segment']}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={segment.id === selected}
            onChange={() => onSelect(segment.id)}
          />
          {segment.label}
        </label>
      ))}
    </fieldset>
  );
};
