import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { ServiceRun } from '#proto/bridge/comparison';
import { formatCount, plural } from '#proto/text/count';
import { formatAgo, formatClockTime } from '#ui/base/time.ts';
import { serviceRunsQuery, servicesQuery, useBridge } from '#ui/bridge/index.ts';
import { inertText } from '#proto/text/inert-text';
import type { GroupsSearch } from '../compare-search.ts';
import styles from './Groups.module.css';

interface RestartBarProps {
  search: GroupsSearch;
  onChange: (search: GroupsSearch) => void;
}

/** Before and after which restart of which service: the quickest way to two groups. */
export const RestartBar = ({ search, onChange }: RestartBarProps) => {
  const bridge = useBridge();
  const services = useQuery(servicesQuery(bridge));
  const names = [...new Set((services.data?.items ?? []).filter(({ spanCount }) => spanCount > 0).map(({ name }) => name))].filter(
    (name) => name !== '',
  );
  const listed = search.restart === undefined || names.includes(search.restart) ? names : [search.restart, ...names];
  const id = useId();
  return (
    <div className={styles['restart']}>
      <label htmlFor={id}>Before and after a restart of</label>
      <select
        id={id}
        className={styles['select']}
        value={search.restart ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? {} : { restart: event.target.value })}
      >
        <option value="">choose a service</option>
        {listed.map((name) => (
          <option key={name} value={name}>
            {inertText(name)}
          </option>
        ))}
      </select>
      {search.restart === undefined ? undefined : (
        <RunSelect key={search.restart} service={search.restart} search={search} onChange={onChange} />
      )}
    </div>
  );
};

const RunSelect = ({ service, search, onChange }: RestartBarProps & { service: string }) => {
  const runs = useQuery(serviceRunsQuery(useBridge(), service)).data?.items ?? [];
  if (runs.length < 2) return undefined;
  const chosen = runs.findIndex(({ firstSeenUnixNano }) => firstSeenUnixNano === search.fb);
  const choose = (index: number): void => {
    const [after, before, next] = [runs[index], runs[index + 1], runs[index - 1]];
    if (after === undefined || before === undefined) return;
    onChange({
      restart: service,
      fa: before.firstSeenUnixNano,
      ta: after.firstSeenUnixNano,
      fb: after.firstSeenUnixNano,
      tb: next?.firstSeenUnixNano,
    });
  };
  return (
    <select
      className={styles['select']}
      aria-label="Which restart"
      value={Math.max(0, chosen)}
      onChange={(event) => choose(Number(event.target.value))}
    >
      {runs.slice(0, -1).map((run, index) => (
        <option key={run.firstSeenUnixNano} value={index}>
          {runWords(run)}
        </option>
      ))}
    </select>
  );
};

const runWords = ({ identity, version, firstSeenUnixNano, spanCount }: ServiceRun): string => {
  const [first] = identity;
  const who = version === '' ? (first === undefined ? '' : `, ${first.key} ${first.value.slice(0, 24)}`) : `, version ${version}`;
  return inertText(
    `${formatClockTime(firstSeenUnixNano)}, ${formatAgo(firstSeenUnixNano, Date.now())}${who}, ${plural(spanCount, 'span')}`,
  );
};

/** How many traces of a group were looked at, in words. */
export const sampleWords = (traceCount: number, spanCount: number, isCut: boolean): string =>
  `${isCut ? 'the newest ' : ''}${formatCount(traceCount)} ${traceCount === 1 ? 'trace' : 'traces'}, ${plural(spanCount, 'span')}`;
