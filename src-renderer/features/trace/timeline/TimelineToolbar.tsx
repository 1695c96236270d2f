import { ChevronDown, ChevronsDownUp, ChevronsUpDown, ChevronUp, Scan } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { plural } from '#proto/text/count';
import { type Collapse, nothingCollapsed } from '#ui/model/collapse.ts';
import type { Trace } from '#proto/analysis/trace';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import styles from './Timeline.module.css';
import type { TimelineStore } from './timeline-store.ts';

interface TimelineToolbarProps {
  trace: Trace;
  store: TimelineStore;
  onError: (step: 1 | -1) => void;
  onCollapse: (collapse: Collapse) => void;
}

/** Above the names: from error to error, folding, and the way back from a zoom. */
export const TimelineToolbar = ({ trace, store, onError, onCollapse }: TimelineToolbarProps) => {
  const isZoomed = useSyncExternalStore(store.subscribe, () => store.isZoomed);
  const errors = trace.errorsBefore[trace.tree.size] ?? 0;
  return (
    <div className={styles['toolbar']} role="toolbar" aria-label="Timeline">
      <div className={styles['tools']}>
        {errors > 0 ? (
          <>
            <span className={styles['errors']}>{plural(errors, 'error')}</span>
            <IconButton label="Previous error" shortcut="E" onClick={() => onError(-1)}>
              <ChevronUp aria-hidden />
            </IconButton>
            <IconButton label="Next error" shortcut="e" onClick={() => onError(1)}>
              <ChevronDown aria-hidden />
            </IconButton>
          </>
        ) : undefined}
        <span className={styles['gap']} />
        {isZoomed ? (
          <IconButton label="Show the whole trace" shortcut="0" onClick={() => store.showAll()}>
            <Scan aria-hidden />
          </IconButton>
        ) : undefined}
        <IconButton label="Fold everything" shortcut="1" onClick={() => onCollapse({ fromDepth: 0, toggled: [] })}>
          <ChevronsDownUp aria-hidden />
        </IconButton>
        <IconButton label="Unfold everything" shortcut="*" onClick={() => onCollapse(nothingCollapsed)}>
          <ChevronsUpDown aria-hidden />
        </IconButton>
      </div>
      <div className={styles['columnNames']} aria-hidden>
        <span>Span</span>
        <span>Service</span>
      </div>
    </div>
  );
};
