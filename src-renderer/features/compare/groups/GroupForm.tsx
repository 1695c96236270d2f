import { useId } from 'react';
import { Button } from '#ui/widgets/Button.tsx';
import type { GroupsSearch } from '../compare-search.ts';
import { SideMark } from '../SideMark.tsx';
import styles from './Groups.module.css';
import { localTimeOf, timeOfField } from './local-time.ts';

/** A group as it is asked for, or as it was understood. */
export interface GroupRange {
  query: string | undefined;
  from: string | undefined;
  to: string | undefined;
}

interface GroupFormProps {
  a: GroupRange;
  b: GroupRange;
  restart: string | undefined;
  onChange: (search: GroupsSearch) => void;
}

/** Both groups in full: a query each, and when their traces arrived. */
export const GroupForm = ({ a, b, restart, onChange }: GroupFormProps) => (
  <form
    className={styles['form']}
    aria-label="Groups to compare"
    onSubmit={(event) => {
      event.preventDefault();
      const written = new FormData(event.currentTarget);
      const text = (name: string): string => {
        const value = written.get(name);
        return typeof value === 'string' ? value : '';
      };
      onChange({
        restart,
        qa: text('qa').trim() || undefined,
        fa: timeOfField(text('fa'), a.from),
        ta: timeOfField(text('ta'), a.to),
        qb: text('qb').trim() || undefined,
        fb: timeOfField(text('fb'), b.from),
        tb: timeOfField(text('tb'), b.to),
      });
    }}
  >
    <GroupFields side="a" {...a} />
    <GroupFields side="b" {...b} />
    <Button type="submit">Compare</Button>
  </form>
);

const GroupFields = ({ side, query, from, to }: GroupRange & { side: 'a' | 'b' }) => {
  const id = useId();
  return (
    <fieldset className={styles['group']}>
      <legend className="visually-hidden">Group {side.toUpperCase()}</legend>
      <SideMark side={side} />
      <label className={styles['query']} htmlFor={`${id}-query`}>
        <span className={styles['label']}>Query</span>
        <input
          id={`${id}-query`}
          name={`q${side}`}
          className={styles['input']}
          defaultValue={query ?? ''}
          placeholder="all traces"
          maxLength={4096}
          spellCheck={false}
          autoComplete="off"
        />
      </label>
      <TimeField id={`${id}-from`} name={`f${side}`} label="Arrived" what="Arrived from" time={from} />
      <TimeField id={`${id}-to`} name={`t${side}`} label="to" what="Arrived before" time={to} />
    </fieldset>
  );
};

interface TimeFieldProps {
  id: string;
  name: string;
  label: string;
  /** The whole name of the field. */
  what: string;
  time: string | undefined;
}

const TimeField = ({ id, name, label, what, time }: TimeFieldProps) => (
  <label htmlFor={id}>
    <span className={styles['label']}>{label}</span>
    <input
      id={id}
      name={name}
      type="datetime-local"
      step={1}
      className={styles['input']}
      aria-label={what}
      defaultValue={localTimeOf(time)}
    />
  </label>
);
