import { useMemo, useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeftRight } from 'lucide-react';
import type { Trace } from '#proto/analysis/trace';
import { plural } from '#proto/text/count';
import { useShortcuts } from '#ui/state/use-shortcuts.ts';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import { SplitPane } from '#ui/widgets/SplitPane.tsx';
import styles from '../Compare.module.css';
import { CompareNav } from '../CompareNav.tsx';
import type { CompareSearch } from '../compare-search.ts';
import { Sentence } from '../Sentence.tsx';
import { ChangeList } from './ChangeList.tsx';
import { notableChanges, nodesWithChanges } from './comparison-rows.ts';
import { ComparisonTree } from './ComparisonTree.tsx';
import { nodeAt, spanIdAt } from './node-at.ts';
import { TraceCard } from './TraceCard.tsx';
import { TracePicker } from './TracePicker.tsx';
import { useComparison } from './use-comparison.ts';

interface ComparedTracesViewProps {
  a: Trace;
  b: Trace;
  search: CompareSearch;
  /** `isStep`: leaves nothing to go back to. */
  onSearch: (part: Partial<CompareSearch>, isStep: boolean) => void;
}

/** What both are and how they differ in a sentence, over the tree that they make up together and the list of what changed. */
export const ComparedTracesView = ({ a, b, search, onSearch }: ComparedTracesViewProps) => {
  const { comparison, changes, sentence } = useComparison(a, b);
  const [picking, setPicking] = useState<'a' | 'b'>();
  const navigate = useNavigate({ from: '/compare' });
  const notable = useMemo(() => notableChanges(comparison, changes), [comparison, changes]);
  const listed = useMemo(
    () => (search.show === 'changes' ? nodesWithChanges(comparison.tree, notable) : undefined),
    [comparison, notable, search.show],
  );
  const selected = useMemo(() => nodeAt(comparison, search.at), [comparison, search.at]);
  const select = (node: number): void => onSearch({ at: spanIdAt(comparison, node) }, true);
  const swap = (): void => onSearch({ a: b.summary.traceId, b: a.summary.traceId }, false);
  useShortcuts([
    { keys: 'x', label: 'Swap both traces', group: 'Comparison', run: swap },
    {
      keys: 'c',
      label: 'Only what has changed',
      group: 'Comparison',
      run: () => onSearch({ show: search.show === 'changes' ? undefined : 'changes' }, true),
    },
  ]);
  const other = picking === 'a' ? b.summary : a.summary;
  return (
    <main className={styles['page']} aria-label="Compare traces">
      <title>Compare traces · Sidelight</title>
      <h1 className="visually-hidden">Compare traces</h1>
      <header className={styles['header']}>
        <div className={styles['cards']}>
          <TraceCard side="a" summary={a.summary} onChange={() => setPicking('a')} />
          <IconButton label="Swap both traces" shortcut="x" className={styles['swap']} onClick={swap}>
            <ArrowLeftRight aria-hidden />
          </IconButton>
          <TraceCard side="b" summary={b.summary} onChange={() => setPicking('b')} />
        </div>
        <Sentence text={sentence} />
      </header>
      <div className={styles['toolbar']}>
        <SegmentedControl
          label="What to list"
          segments={[
            { id: 'all', label: 'Everything' },
            { id: 'changes', label: 'Only what changed' },
          ]}
          selected={search.show ?? 'all'}
          onSelect={(show) => onSearch({ show: show === 'all' ? undefined : show }, true)}
        />
        <span className={styles['counts']}>{plural(notable.length, 'change')} worth a look</span>
        <CompareNav />
      </div>
      <div className={styles['body']}>
        <SplitPane
          id="compare.changes"
          label="Resize the list of changes"
          initialPx={340}
          minPx={240}
          minMainPx={520}
          main={<ComparisonTree comparison={comparison} listed={listed} selected={selected} onSelect={select} />}
          aside={<ChangeList comparison={comparison} changes={changes} selected={selected} onSelect={select} />}
        />
      </div>
      {picking === undefined ? undefined : (
        <TracePicker
          label={`Choose trace ${picking.toUpperCase()}`}
          like={other}
          without={other.traceId}
          onPick={(traceId) => void navigate({ search: (before) => ({ ...before, [picking]: traceId, at: undefined }) })}
          onClose={() => setPicking(undefined)}
        />
      )}
    </main>
  );
};
