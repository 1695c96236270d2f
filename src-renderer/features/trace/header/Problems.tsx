import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Trace } from '#proto/analysis/trace';
import { traceProblems } from '#proto/analysis/trace-problems';
import { formatCount, plural } from '#proto/text/count';
import { inertText } from '#proto/text/inert-text';
import styles from './TraceHeader.module.css';

interface ProblemsProps {
  trace: Trace;
  /** Why the trace could not be brought up to date. */
  refreshError: Error | undefined;
  onSelect: (span: number) => void;
}

/** What a person should know before they trust the picture; nothing where there is nothing to say. */
export const Problems = ({ trace, refreshError, onSelect }: ProblemsProps) => {
  const problems = useMemo(() => traceProblems(trace), [trace]);
  const { leftOut, ns } = trace.events;
  if (problems.length === 0 && leftOut === 0 && refreshError === undefined) return undefined;
  return (
    <ul className={styles['problems']} aria-label="What is odd about the trace">
      {refreshError === undefined ? undefined : (
        <li title={refreshError.message}>
          <TriangleAlert aria-hidden />
          could not be brought up to date
        </li>
      )}
      {problems.map(({ message, span }) => (
        <li key={message}>
          <TriangleAlert aria-hidden />
          {span === undefined ? (
            inertText(message)
          ) : (
            <button type="button" className={styles['problemLink']} onClick={() => onSelect(span)}>
              {inertText(message)}
            </button>
          )}
        </li>
      ))}
      {leftOut > 0 ? (
        <li>
          <TriangleAlert aria-hidden />
          {formatCount(ns.length)} of {plural(ns.length + leftOut, 'event')} drawn
        </li>
      ) : undefined}
    </ul>
  );
};
