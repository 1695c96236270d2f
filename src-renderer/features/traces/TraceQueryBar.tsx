import { CircleAlert, X } from 'lucide-react';
import { type Ref, useEffect, useRef, useState } from 'react';
import { inertText } from '#ui/model/inert-text.ts';
import type { QueryProblem } from '#ui/model/query-problem.ts';
import { type QueryParts, readQuery, writeQuery } from '#ui/model/query-text.ts';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { Button } from '#ui/widgets/Button.tsx';
import { SearchBox } from '#ui/widgets/SearchBox.tsx';
import { ServiceFilter } from './ServiceFilter.tsx';
import styles from './TraceQueryBar.module.css';

interface TraceQueryBarProps {
  /** The query in the address. */
  query: string;
  onQuery: (query: string) => void;
  onLeave: () => void;
  problem: QueryProblem | undefined;
  ref: Ref<HTMLInputElement>;
}

const debounceMs = 150;

/** The query as text with a control for what has one: services are chips, `status:error` is a switch. Typing is never waited for nor overwritten. */
export const TraceQueryBar = ({ query, onQuery, onLeave, problem, ref }: TraceQueryBarProps) => {
  const [parts, setParts] = useState<QueryParts>(() => readQuery(query));
  const asked = useRef(query);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // The address was changed from elsewhere: back, a link, the palette.
    if (query === asked.current) return;
    clearTimeout(timer.current);
    asked.current = query;
    setParts(readQuery(query));
  }, [query]);

  const change = (next: QueryParts, delayMs: number): void => {
    setParts(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      asked.current = writeQuery(next);
      onQuery(asked.current);
    }, delayMs);
  };
  const type = (rest: string): void => {
    const typed = readQuery(rest, true);
    change(
      {
        services: [...new Set([...parts.services, ...typed.services])],
        errorsOnly: parts.errorsOnly || typed.errorsOnly,
        // As typed where nothing became a chip: spaces are the person's own.
        rest: typed.services.length > 0 || typed.errorsOnly ? typed.rest : rest,
      },
      debounceMs,
    );
  };
  const toggleService = (name: string): void =>
    change({ ...parts, services: parts.services.includes(name) ? parts.services.filter((other) => other !== name) : [...parts.services, name] }, 0);

  return (
    <div className={styles['bar']}>
      <div className={styles['controls']}>
        <SearchBox
          ref={ref}
          label="Search traces"
          placeholder={parts.services.length > 0 ? 'Search' : 'Search names, attributes, errors… or service:api, http.route=/orders'}
          value={parts.rest}
          invalid={problem !== undefined}
          {...(problem === undefined ? {} : { describedBy: 'query-problem' })}
          onChange={type}
          onLeave={() => {
            const whole = readQuery(writeQuery(parts));
            change(whole, 0);
            onLeave();
          }}
        >
          {parts.services.map((name) => (
            <span key={name} className={styles['chip']}>
              <ServiceBadge name={name} />
              <button type="button" className={styles['remove']} aria-label={`Remove filter service ${inertText(name)}`} onClick={() => toggleService(name)}>
                <X size={12} aria-hidden />
              </button>
            </span>
          ))}
        </SearchBox>
        <ServiceFilter selected={parts.services} onToggle={toggleService} />
        <Button className={styles['errors']} aria-pressed={parts.errorsOnly} onClick={() => change({ ...parts, errorsOnly: !parts.errorsOnly }, 0)}>
          <CircleAlert aria-hidden />
          Errors
        </Button>
      </div>
      {problem === undefined ? undefined : <Problem query={query} problem={problem} />}
    </div>
  );
};

const Problem = ({ query, problem }: { query: string; problem: QueryProblem }) => (
  <p id="query-problem" className={styles['problem']} role="alert">
    <code>
      {query.slice(0, problem.position)}
      <mark>{query.slice(problem.position) === '' ? '␣' : query.slice(problem.position)}</mark>
    </code>
    <span>
      Character {problem.position + 1}: {problem.message}
    </span>
  </p>
);
