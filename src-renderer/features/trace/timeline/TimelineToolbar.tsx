import { ChevronDown, ChevronsDownUp, ChevronsUpDown, ChevronUp, Scan } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { plural } from '#proto/text/count';
import { type Collapse, nothingCollapsed } from '#ui/model/collapse.ts';
import { IconButton } from '#ui/widgets/IconButton.tsx';
import { errorsBetween } from './row-words.ts';
import type { Scene } from './scene.ts';
import styles from './Timeline.module.css';
import type { TimelineStore } from './timeline-store.ts';

interface TimelineToolbarProps {
  scene: Scene;
  store: TimelineStore;
  onError: (step: 1 | -1) => void;
  onCollapse: (collapse: Collapse) => void;
}

/** Above the names: from error to error, folding, and the way back from a zoom. */
export const TimelineToolbar = ({ scene, store, onError, onCollapse }: TimelineToolbarProps) => {
  const isZoomed = useSyncExternalStore(store.subscribe, () => store.isZoomed);
  const errors = errorsBetween(scene.trace, scene.scope.first, scene.scope.end);
  return (
    <div className={styles['toolbar']} role="toolbar" aria-label="Errors and folding">
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
          <IconButton label="Show all of its time" shortcut="0" onClick={() => store.showAll()}>
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
