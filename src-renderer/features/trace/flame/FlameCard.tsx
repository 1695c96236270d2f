import { useLayoutEffect, useRef } from 'react';
import type { Flame } from '#proto/analysis/flame';
import type { Trace } from '#proto/analysis/trace';
import { formatCount } from '#proto/text/count';
import { InertText } from '#ui/components/InertText.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { Duration } from '#ui/widgets/Duration.tsx';
import styles from './FlameGraph.module.css';

interface FlameCardProps {
  trace: Trace;
  flame: Flame;
  frame: number;
  /** Where the pointer is in the window. */
  xPx: number;
  yPx: number;
}

const gapPx = 14;

/** What the frame under the pointer is. Everything in it is in the tree of frames too, for those who have no pointer. */
export const FlameCard = ({ trace, flame, frame, xPx, yPx }: FlameCardProps) => {
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = card.current;
    if (element === null) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(gapPx, Math.min(xPx + gapPx, innerWidth - width - gapPx))}px`;
    element.style.top = `${yPx + gapPx + height > innerHeight ? Math.max(0, yPx - gapPx - height) : yPx + gapPx}px`;
  });
  const span = flame.slowest[frame] ?? 0;
  const count = flame.count[frame] ?? 0;
  const errors = flame.errors[frame] ?? 0;
  const total = flame.totalNs[frame] ?? 0;
  return (
    <div ref={card} className={styles['card']} aria-hidden>
      <ServiceBadge name={trace.service.at(span)} />
      <div className={styles['cardName']}>
        <InertText text={trace.name.at(span).slice(0, 300)} />
      </div>
      <dl className={styles['facts']}>
        <dt>Spans</dt>
        <dd>{formatCount(count)}</dd>
        {errors === 0 ? undefined : (
          <>
            <dt>Errors</dt>
            <dd style={{ color: 'var(--error)' }}>{formatCount(errors)}</dd>
          </>
        )}
        <dt>Total</dt>
        <dd>
          <Duration ns={total} />
        </dd>
        <dt>Self</dt>
        <dd>
          <Duration ns={flame.selfNs[frame] ?? 0} />
        </dd>
        {count === 1 ? undefined : (
          <>
            <dt>Average</dt>
            <dd>
              <Duration ns={total / count} />
            </dd>
            <dt>Longest</dt>
            <dd>
              <Duration ns={trace.durationNs[span] ?? 0} />
            </dd>
          </>
        )}
      </dl>
      {scaleNote(flame, frame) === '' ? undefined : <p className={styles['cardNote']}>{scaleNote(flame, frame)}</p>}
    </div>
  );
};

/** Says so where a frame is drawn narrower than its duration; empty where it is not. */
export const scaleNote = (flame: Flame, frame: number): string => {
  const scale = flame.scale[frame] ?? 1;
  return scale > 0.995
    ? ''
    : `Drawn at ${Math.max(1, Math.round(scale * 100))}% of its length: calls ran at the same time, or after their caller.`;
};
