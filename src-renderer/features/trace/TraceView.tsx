import { type ReactElement, useState } from 'react';
import { plural } from '#proto/text/count';
import { inertText } from '#proto/text/inert-text';
import type { Trace } from '#proto/analysis/trace';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { SplitPane } from '#ui/widgets/SplitPane.tsx';
import { Tabs } from '#ui/widgets/Tabs.tsx';
import { FlameGraph } from './flame/FlameGraph.tsx';
import { TraceHeader } from './header/TraceHeader.tsx';
import { MissingSpan } from './inspector/MissingSpan.tsx';
import { SpanInspector } from './inspector/SpanInspector.tsx';
import { TraceJson } from './json/TraceJson.tsx';
import { TraceLogs } from './logs/TraceLogs.tsx';
import { TraceMapView } from './map/TraceMapView.tsx';
import { Spans } from './spans/Spans.tsx';
import { Statistics } from './statistics/Statistics.tsx';
import { Timeline } from './timeline/Timeline.tsx';
import { TimelineStore } from './timeline/timeline-store.ts';
import styles from './TracePage.module.css';
import type { TabId, TraceSearch } from './trace-search.ts';
import type { TabProps, TraceTab } from './trace-tab.ts';

interface TraceViewProps {
  trace: Trace;
  search: TraceSearch;
  /** `isStep`: without a place of its own in the history. */
  onSearch: (part: Partial<TraceSearch>, isStep: boolean) => void;
  /** Why the trace could not be brought up to date. */
  refreshError: Error | undefined;
}

/** A trace that is here: what it is, one of the ways of looking at it, and the span that is looked at beside that. */
export const TraceView = ({ trace, search, onSearch, refreshError }: TraceViewProps): ReactElement => {
  const { span: spanId } = search;
  const selected = trace.spanId.indexOf(spanId ?? '');
  const select = (span: number, isStep: boolean): void =>
    onSearch({ span: trace.spanId.at(span) }, isStep || trace.spanId.at(span) === spanId);
  const close = (): void => onSearch({ span: undefined }, true);
  const openTab = (tab: TabId): void => onSearch({ tab: tab === 'timeline' ? undefined : tab }, false);

  const tabs = useTabs({ trace, search, onSearch, selected, onSelect: select, onClose: spanId === undefined ? undefined : close });
  const shown = tabs.find(({ id }) => id === (search.tab ?? 'timeline'));
  useShortcuts(tabs.map(({ id, label, keys }) => ({ keys, label: `${label} of the trace`, group: 'Trace', run: () => openTab(id) })));

  const views = (
    <div className={styles['views']}>
      <Tabs label="Views of the trace" tabs={tabs} selected={shown?.id ?? 'timeline'} onSelect={openTab}>
        {shown?.element()}
      </Tabs>
    </div>
  );
  return (
    <main className={styles['page']} aria-label="Trace">
      <title>{`${inertText(trace.summary.rootName).slice(0, 80) || plural(trace.tree.size, 'span')} · Sidelight`}</title>
      <TraceHeader trace={trace} refreshError={refreshError} onSelect={(span) => select(span, false)} onLogs={() => openTab('logs')} />
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
                onTraceLogs={() => openTab('logs')}
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

/** Every way of looking at a trace, in the order of the tabs. */
const useTabs = (props: TabProps): readonly TraceTab[] => {
  const { trace, selected, onSelect, onClose } = props;
  // Kept here, so that a look at another view loses neither zoom nor place.
  const [store] = useState(() => new TimelineStore(trace));
  return [
    {
      id: 'timeline',
      label: 'Timeline',
      keys: 't',
      count: trace.tree.size,
      element: () => <Timeline {...props} store={store} />,
    },
    { id: 'flame', label: 'Flame graph', keys: 'v f', element: () => <FlameGraph {...props} /> },
    { id: 'spans', label: 'Spans', keys: 'v s', element: () => <Spans {...props} /> },
    { id: 'statistics', label: 'Statistics', keys: 'v a', element: () => <Statistics {...props} /> },
    { id: 'map', label: 'Map', keys: 'v m', element: () => <TraceMapView {...props} /> },
    {
      id: 'logs',
      label: 'Logs',
      keys: 'l',
      count: trace.summary.logCount,
      element: () => <TraceLogs trace={trace} selected={selected} onSelect={(span) => onSelect(span, false)} onClose={onClose} />,
    },
    { id: 'json', label: 'JSON', keys: 'v j', element: () => <TraceJson {...props} /> },
  ];
};
