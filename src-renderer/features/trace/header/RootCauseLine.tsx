import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { spanQuery, useBridge } from '#ui/bridge/index.ts';
import { failureText } from '#proto/analysis/failure-text';
import { inertText } from '#ui/model/inert-text.ts';
import type { RootCause } from '#proto/analysis/root-cause';
import type { Trace } from '#proto/analysis/trace';
import styles from './TraceHeader.module.css';

interface RootCauseLineProps {
  trace: Trace;
  cause: RootCause;
  onSelect: (span: number) => void;
}

const mostChars = 400;

/** Why the trace failed, in one sentence that leads to the span: what the deepest failed span says of itself, and where that was. */
export const RootCauseLine = ({ trace, cause: { span, isHandled }, onSelect }: RootCauseLineProps) => {
  const bridge = useBridge();
  const message = trace.statusMessage.at(span);
  // Many libraries set the status without a message; then the exception or the response code that came with it says more.
  const { data, isLoading } = useQuery({
    ...spanQuery(bridge, trace.summary.traceId, trace.spanId.at(span)),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: message === '',
  });
  const said = message || (data === undefined ? '' : failureText(data)) || (isLoading ? '' : 'Failed without a message');
  return (
    <button type="button" className={styles['cause']} data-handled={isHandled || undefined} onClick={() => onSelect(span)}>
      <CircleAlert size={14} aria-hidden />
      <span className={styles['causeText']}>
        <strong>{inertText(said).slice(0, mostChars)}</strong>
        <span className={styles['causePlace']}>
          {said === '' ? '' : ' — '}
          {inertText(trace.name.at(span) || 'a span without a name').slice(0, 200)} in{' '}
          {inertText(trace.service.at(span) || 'a service without a name').slice(0, 100)}
          {isHandled ? '; the trace went on' : ''}
        </span>
      </span>
    </button>
  );
};
