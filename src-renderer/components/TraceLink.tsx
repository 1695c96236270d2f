import { Link } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { GanttChart } from 'lucide-react';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';
import styles from './TraceLink.module.css';

/** From a record to its trace, at the very span where one is known. `spanId` may be empty. */
export const TraceLink = ({ traceId, spanId, className }: { traceId: string; spanId: string; className?: string | undefined }) => (
  <Tooltip label={spanId === '' ? 'Open trace' : 'Open trace at this span'} shortcut="t" side="left">
    <Link
      className={clsx(styles['link'], className)}
      to="/traces/$traceId"
      params={{ traceId }}
      search={spanId === '' ? {} : { span: spanId }}
      aria-label={spanId === '' ? 'Open trace' : 'Open trace at this span'}
      onClick={(event) => event.stopPropagation()}
    >
      <GanttChart size={14} aria-hidden />
    </Link>
  </Tooltip>
);
