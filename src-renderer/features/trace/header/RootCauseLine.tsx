import { useQuery } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { exceptionOfSpan, failureText } from '#proto/analysis/failure-text';
import type { RootCause } from '#proto/analysis/root-cause';
import { rootCauseSentence } from '#proto/analysis/root-cause-sentence';
import type { Trace } from '#proto/analysis/trace';
import { logsOfFailureQuery, spanQuery, useBridge } from '#ui/bridge/index.ts';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { Tooltip } from '#ui/widgets/Tooltip.tsx';
import styles from './TraceHeader.module.css';

interface RootCauseLineProps {
  trace: Trace;
  cause: RootCause;
  onSelect: (span: number) => void;
}

/** Why the trace failed, in one sentence that leads to the span: the exception of the deepest failed span, where that was, and who dealt with it. */
export const RootCauseLine = ({ trace, cause, onSelect }: RootCauseLineProps) => {
  const said = useFailureText(trace, cause.span);
  const { said: what, where } = rootCauseSentence(trace, cause, said ?? '');
  const select = (): void => onSelect(cause.span);
  useShortcuts([{ keys: '!', label: 'Go to the root cause', group: 'Trace', run: select }]);
  return (
    <Tooltip label="Go to the span" shortcut="!">
      <button type="button" className={styles['cause']} data-handled={cause.handledBy !== undefined || undefined} onClick={select}>
        <CircleAlert size={14} aria-hidden />
        <span className={styles['causeText']}>
          {said === undefined ? undefined : <strong>{what}</strong>}{' '}
          <span className={styles['causePlace']}>
            {said === undefined ? '' : '— '}
            {where}
          </span>
        </span>
      </button>
    </Tooltip>
  );
};

/** What a failed span says of its failure; its status until the rest of it is here. `undefined` while nothing is known, empty where it says nothing. */
const useFailureText = (trace: Trace, span: number): string | undefined => {
  const bridge = useBridge();
  const { traceId } = trace.summary;
  const spanId = trace.spanId.at(span);
  const { data: detail, isError } = useQuery({ ...spanQuery(bridge, traceId, spanId), staleTime: Number.POSITIVE_INFINITY });
  const logCount = trace.logCount[span] ?? 0;
  const asksLogs = detail !== undefined && logCount > 0 && exceptionOfSpan(detail) === undefined;
  const { data: logs, isLoading } = useQuery({ ...logsOfFailureQuery(bridge, traceId, spanId, logCount), enabled: asksLogs });
  if (detail === undefined || (asksLogs && isLoading)) return trace.statusMessage.at(span) || (isError ? '' : undefined);
  return failureText(detail, logs);
};
