import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useState } from 'react';
import type { TraceSummary } from '#proto/bridge/shapes';
import { plural } from '#proto/text/count';
import { traceChoiceQuery, useBridge } from '#ui/bridge/index.ts';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { inertText } from '#proto/text/inert-text';
import { Dialog } from '#ui/widgets/Dialog.tsx';
import { Duration } from '#ui/widgets/Duration.tsx';
import { RelativeTime } from '#ui/widgets/RelativeTime.tsx';
import { operationQuery } from '../operation-query.ts';
import styles from './TracePicker.module.css';

interface TracePickerProps {
  label: string;
  /** The list begins with traces of the same root operation as this one's. */
  like: TraceSummary | undefined;
  /** The other trace, which is no choice. */
  without: string | undefined;
  onPick: (traceId: string) => void;
  onClose: () => void;
}

const mostTraces = 50;

/** Chooses a trace by a query of the same language as the list's, newest first. */
export const TracePicker = ({ label, like, without, onPick, onClose }: TracePickerProps) => {
  const [query, setQuery] = useState(() => (like === undefined ? '' : operationQuery(like.rootService, like.rootName)));
  const found = useQuery(traceChoiceQuery(useBridge(), query, mostTraces));
  const traces = (found.data?.items ?? []).filter(({ traceId }) => traceId !== without);
  return (
    <Dialog label={label} onClose={onClose} className={styles['picker']}>
      <Command label={label} shouldFilter={false} loop className={styles['command']}>
        <Command.Input
          data-focus-first
          className={styles['input']}
          placeholder="service:NAME, words, duration>200ms…"
          value={query}
          onValueChange={setQuery}
        />
        <Command.List className={styles['list']} aria-busy={found.isFetching}>
          <Command.Empty className={styles['empty']}>
            {found.isPending ? 'Looking…' : (found.error?.message ?? 'No other trace matches. Change the query above, or clear it.')}
          </Command.Empty>
          {found.isError
            ? undefined
            : traces.map((trace) => (
                <Command.Item key={trace.traceId} value={trace.traceId} className={styles['item']} onSelect={() => onPick(trace.traceId)}>
                  <span className={styles['service']}>
                    <ServiceBadge name={trace.rootService} />
                  </span>
                  <span className={styles['name']}>{inertText(trace.rootName).slice(0, 200) || 'no name'}</span>
                  <span className={styles['errors']}>{trace.errorCount > 0 ? plural(trace.errorCount, 'error') : ''}</span>
                  <span className={styles['number']}>
                    <Duration ns={trace.durationNano} />
                  </span>
                  <span className={styles['number']}>
                    <RelativeTime time={trace.receivedTimeUnixNano} />
                  </span>
                </Command.Item>
              ))}
        </Command.List>
      </Command>
    </Dialog>
  );
};
