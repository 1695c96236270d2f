import { type ReactElement, useMemo, useState } from 'react';
import { plural } from '#proto/text/count';
import { inertText } from '#ui/model/inert-text.ts';
import type { Trace } from '#proto/analysis/trace';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { SplitPane } from '#ui/widgets/SplitPane.tsx';
import { Tabs } from '#ui/widgets/Tabs.tsx';
import { TraceHeader } from './header/TraceHeader.tsx';
import { MissingSpan } from './inspector/MissingSpan.tsx';
import { SpanInspector } from './inspector/SpanInspector.tsx';
import { TraceLogs } from './logs/TraceLogs.tsx';
import { Timeline } from './timeline/Timeline.tsx';
import { TimelineStore } from './timeline/timeline-store.ts';
import styles from './TracePage.module.css';
import { collapseOf, searchOf, type TraceSearch } from './trace-search.ts';

interface TraceViewProps {
  trace: Trace;
  search: TraceSearch;
  /** `isStep`: without a place of its own in the history. */
  onSearch: (part: Partial<TraceSearch>, isStep: boolean) => void;
  /** Why the trace could not be brought up to date. */
  refreshError: Error | undefined;
}

/** A trace that is here: what it is, its timeline or its logs, and the span that is looked at beside them. */
export const TraceView = ({ trace, search, onSearch, refreshError }: TraceViewProps): ReactElement => {
  const { span: spanId, tab = 'timeline', depth, folds } = search;
  const selected = trace.spanId.indexOf(spanId ?? '');
  const collapse = useMemo(() => collapseOf({ depth, folds }), [depth, folds]);
  const [store] = useState(() => new TimelineStore(trace));

  const select = (span: number, isStep: boolean): void =>
    onSearch({ span: trace.spanId.at(span) }, isStep || trace.spanId.at(span) === spanId);
  const close = (): void => onSearch({ span: undefined }, true);
  const closeIfOpen = spanId === undefined ? undefined : close;
  useShortcuts([
    { keys: 't', label: 'Timeline', group: 'Trace', run: () => onSearch({ tab: undefined }, false) },
    { keys: 'l', label: 'Logs of the trace', group: 'Trace', run: () => onSearch({ tab: 'logs' }, false) },
  ]);

  const views = (
    <div className={styles['views']}>
      <Tabs
        label="Views of the trace"
        tabs={[
          { id: 'timeline', label: 'Timeline', count: trace.tree.size },
          { id: 'logs', label: 'Logs', count: trace.summary.logCount },
        ]}
        selected={tab}
        onSelect={(id) => onSearch({ tab: id === 'logs' ? 'logs' : undefined }, false)}
      >
        {tab === 'timeline' ? (
          <Timeline
            trace={trace}
            store={store}
            selected={selected}
            collapse={collapse}
            onCollapse={(next) => onSearch(searchOf(next), true)}
            onSelect={select}
            onClose={closeIfOpen}
          />
        ) : (
          <TraceLogs trace={trace} selected={selected} onSelect={(span) => select(span, false)} onClose={closeIfOpen} />
        )}
      </Tabs>
    </div>
  );
  return (
    <main className={styles['page']} aria-label="Trace">
      <title>{`${inertText(trace.summary.rootName).slice(0, 80) || plural(trace.tree.size, 'span')} · Sidelight`}</title>
      <TraceHeader
        trace={trace}
        refreshError={refreshError}
        onSelect={(span) => select(span, false)}
        onLogs={() => onSearch({ tab: 'logs' }, false)}
      />
      <div className={styles['split']}>
        <SplitPane
          id="trace.inspector"
          label="Resize span details"
          main={views}
          aside={
            spanId === undefined ? undefined : selected === undefined ? (
              <MissingSpan spanId={spanId} onClose={close} />
            ) : (
              <SpanInspector
                trace={trace}
                span={selected}
                onSelect={(span) => select(span, false)}
                onTraceLogs={() => onSearch({ tab: 'logs' }, false)}
                onClose={close}
              />
            )
          }
          initialPx={440}
          minPx={320}
          minMainPx={440}
        />
      </div>
    </main>
  );
};
