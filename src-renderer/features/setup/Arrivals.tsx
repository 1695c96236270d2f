import { Link } from '@tanstack/react-router';
import type { EngineStatus, ServiceSummary } from '#proto/bridge/shapes';
import { plural } from '#proto/text/count';
import { inertText } from '#proto/text/inert-text';
import styles from './Arrivals.module.css';

const mostNames = 4;

/** One live line: waiting, or what has come and from whom. */
export const Arrivals = ({ stored, services }: { stored: EngineStatus['stored'] | undefined; services: readonly ServiceSummary[] }) => {
  const names = [...new Set(services.map(({ name }) => (name === '' ? 'a service without a name' : inertText(name))))];

  if (stored === undefined) return <p className={styles['line']}>&nbsp;</p>;
  const hasAny = stored.spans + stored.logs > 0;
  return (
    <p className={styles['line']} role="status">
      <span className={styles['mark']} data-arrived={hasAny || undefined} aria-hidden />
      {hasAny ? (
        <span>
          {amounts(stored)} {names.length === 0 ? '' : `from ${nameList(names)} `}
          {stored.traces > 0 ? <Link to="/traces">See the traces</Link> : <Link to="/logs">See the logs</Link>}
        </span>
      ) : (
        'Nothing has arrived yet.'
      )}
    </p>
  );
};

const amounts = ({ spans, logs }: EngineStatus['stored']): string =>
  [...(spans > 0 ? [plural(spans, 'span')] : []), ...(logs > 0 ? [plural(logs, 'log record')] : [])].join(' and ');

const nameList = (names: string[]): string => {
  const shown = names.slice(0, mostNames);
  const left = names.length - shown.length;
  return new Intl.ListFormat('en-GB').format(left === 0 ? shown : [...shown, plural(left, 'other')]);
};
