import { useId } from 'react';
import { Button } from '#ui/widgets/Button.tsx';
import type { GroupsSearch } from '../compare-search.ts';
import { SideMark } from '../SideMark.tsx';
import styles from './Groups.module.css';
import { localTimeOf, timeOfField } from './local-time.ts';

interface GroupFormProps {
  search: GroupsSearch;
  onChange: (search: GroupsSearch) => void;
}

/** Both groups in full: a query each, and when their traces arrived. */
export const GroupForm = ({ search, onChange }: GroupFormProps) => (
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
        restart: search.restart,
        qa: text('qa').trim() || undefined,
        fa: timeOfField(text('fa'), search.fa),
        ta: timeOfField(text('ta'), search.ta),
        qb: text('qb').trim() || undefined,
        fb: timeOfField(text('fb'), search.fb),
        tb: timeOfField(text('tb'), search.tb),
      });
    }}
  >
    <GroupFields side="a" query={search.qa} from={search.fa} to={search.ta} />
    <GroupFields side="b" query={search.qb} from={search.fb} to={search.tb} />
    <Button type="submit">Compare</Button>
  </form>
);

interface GroupFieldsProps {
  side: 'a' | 'b';
  query: string | undefined;
  from: string | undefined;
  to: string | undefined;
}

const GroupFields = ({ side, query, from, to }: GroupFieldsProps) => {
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
      <TimeField id={`${id}-from`} name={`f${side}`} label="Arrived from" time={from} />
      <TimeField id={`${id}-to`} name={`t${side}`} label="until before" time={to} />
    </fieldset>
  );
};

const TimeField = ({ id, name, label, time }: { id: string; name: string; label: string; time: string | undefined }) => (
  <label htmlFor={id}>
    <span className={styles['label']}>{label}</span>
    <input id={id} name={name} type="datetime-local" step={1} className={styles['input']} defaultValue={localTimeOf(time)} />
  </label>
);
