import { Link } from '@tanstack/react-router';
import { shortId } from '#ui/base/short-id.ts';
import { FilterChip } from '#ui/components/FilterChip.tsx';
import styles from './ScopeChip.module.css';
import type { LogsSearch } from './logs-search.ts';

/** That the list shows only one trace, or one span of it: a link back to where it came from, and a button for all lines. */
export const ScopeChip = ({
  search: { trace, span },
  onSearch,
}: {
  search: LogsSearch;
  onSearch: (change: Partial<LogsSearch>) => void;
}) => (
  <>
    {trace === undefined ? undefined : (
      <FilterChip what="trace" onRemove={() => onSearch({ trace: undefined, span: undefined })}>
        <Link className={styles['scope']} to="/traces/$traceId" params={{ traceId: trace }} title={`Back to trace ${trace}`}>
          in trace <code>{shortId(trace)}</code>
        </Link>
      </FilterChip>
    )}
    {span === undefined ? undefined : (
      <FilterChip what="span" onRemove={() => onSearch({ span: undefined })}>
        {trace === undefined ? (
          <span className={styles['scope']} title={span}>
            span <code>{shortId(span)}</code>
          </span>
        ) : (
          <Link
            className={styles['scope']}
            to="/traces/$traceId"
            params={{ traceId: trace }}
            search={{ span }}
            title={`Back to span ${span}`}
          >
            span <code>{shortId(span)}</code>
          </Link>
        )}
      </FilterChip>
    )}
  </>
);
