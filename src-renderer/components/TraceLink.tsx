import { Link } from '@tanstack/react-router';
import { GanttChart } from 'lucide-react';
import styles from './TraceLink.module.css';

/** From a record to its trace, at the very span where one is known. `spanId` may be empty. Light enough to stand in every row of a list. */
export const TraceLink = ({ traceId, spanId }: { traceId: string; spanId: string }) => {
  const label = spanId === '' ? 'Open trace' : 'Open trace at this span';
  return (
    <Link
      className={styles['link']}
      to="/traces/$traceId"
      params={{ traceId }}
      search={spanId === '' ? {} : { span: spanId }}
      aria-label={label}
      title={`${label} (t)`}
      onClick={(event) => event.stopPropagation()}
    >
      <GanttChart size={14} aria-hidden />
    </Link>
  );
};
