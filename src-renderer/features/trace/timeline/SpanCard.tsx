import { useEffect, useState, useSyncExternalStore } from 'react';
import { formatCount, plural } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { SpanPercentile } from '#ui/components/SpanPercentile.tsx';
import { spanKindName } from '#ui/model/span-kind.ts';
import { spanNotes } from '#ui/model/span-notes.ts';
import { lengthNs } from '#ui/model/time-scale.ts';
import { rowHeightPx } from './geometry.ts';
import { errorsBetween, nameOf } from './row-words.ts';
import { endOfRow, type Scene } from './scene.ts';
import styles from './SpanCard.module.css';
import type { TimelineStore } from './timeline-store.ts';

/** A pointer that passes by asks for nothing. */
const delayMs = 350;
const widthPx = 264;
/** About as high as a card gets. */
const highestPx = 190;

/** What is known of the row under the pointer, beside it. The same is in the row for a screen reader, and in the inspector. */
export const SpanCard = ({ scene, store, viewEndPx }: { scene: Scene; store: TimelineStore; viewEndPx: () => number }) => {
  const row = useSyncExternalStore(store.subscribe, () => store.view.hover?.row);
  const [shown, setShown] = useState<{ row: number; leftPx: number }>();
  useEffect(() => {
    const { hover, widthPx: viewPx } = store.view;
    if (row === undefined || hover === undefined) return undefined;
    const leftPx = Math.max(4, Math.min(viewPx - widthPx - 4, hover.xPx + 14));
    const timer = setTimeout(() => setShown({ row, leftPx }), delayMs);
    return () => {
      clearTimeout(timer);
      setShown(undefined);
    };
  }, [row, store]);
  if (shown === undefined || shown.row !== row || shown.row >= scene.rows.spans.length) return undefined;
  const belowPx = (shown.row + 1) * rowHeightPx + 2;
  const isAbove = belowPx + highestPx > viewEndPx();
  const place = isAbove ? { bottom: `calc(100% - ${shown.row * rowHeightPx - 2}px)` } : { top: belowPx };
  return (
    <div className={styles['card']} style={{ left: shown.leftPx, width: widthPx, ...place }} aria-hidden>
      <CardFacts scene={scene} row={shown.row} />
    </div>
  );
};

const CardFacts = ({ scene, row }: { scene: Scene; row: number }) => {
  const { trace, rows, runs, critical } = scene;
  const span = rows.spans[row] ?? 0;
  const run = rows.runs[row] ?? -1;
  const end = endOfRow(scene, row);
  const onPathNs = critical?.totalNs(span, end) ?? 0;
  return (
    <>
      <p className={styles['name']}>{nameOf(trace, span)}</p>
      <ServiceBadge name={trace.service.at(span)} />
      <dl className={styles['facts']}>
        {run < 0 ? (
          <SpanFacts scene={scene} span={span} />
        ) : (
          <RunFacts scene={scene} count={runs.count[run] ?? 0} totalNs={runs.totalNs[run] ?? 0} errors={errorsBetween(trace, span, end)} />
        )}
        {onPathNs > 0 ? <Fact name="Critical path" value={formatDuration(onPathNs)} aside={shareOf(scene, onPathNs)} /> : undefined}
      </dl>
      {run < 0 ? <Standing scene={scene} span={span} /> : undefined}
      {run < 0
        ? spanNotes(trace, span, { shiftNs: scene.skew.shiftNs, isAdjusted: scene.isAdjusted }).map(({ sentence }) => (
            <p key={sentence} className={styles['note']}>
              {sentence}
            </p>
          ))
        : undefined}
    </>
  );
};

const SpanFacts = ({ scene, span }: { scene: Scene; span: number }) => {
  const { trace, selfNs } = scene;
  const durationNs = trace.durationNs[span] ?? 0;
  const marks = [
    trace.eventCount[span] ? plural(trace.eventCount[span], 'event') : '',
    trace.logCount[span] ? plural(trace.logCount[span], 'log record') : '',
  ].filter(Boolean);
  return (
    <>
      <Fact name="Duration" value={formatDuration(durationNs)} aside={shareOf(scene, durationNs)} />
      <Fact name="Self time" value={formatDuration(selfNs[span] ?? 0)} aside={shareOf(scene, selfNs[span] ?? 0)} />
      <Fact name="Starts at" value={formatDuration(trace.startNs[span] ?? 0)} />
      <Fact name="Kind" value={spanKindName(trace.kind[span] ?? 0)} />
      {trace.isError[span] === 1 ? <Fact name="Status" value="Error" isError /> : undefined}
      {marks.length > 0 ? <Fact name="Marks" value={marks.join(', ')} /> : undefined}
    </>
  );
};

/** Asked for only once the pointer has stayed. */
const Standing = ({ scene: { trace }, span }: { scene: Scene; span: number }) => (
  <p className={styles['standing']}>
    <SpanPercentile
      operation={{ service: trace.service.at(span), name: trace.name.at(span), kind: trace.kind[span] ?? 0 }}
      durationNs={trace.durationNs[span] ?? 0}
    />
  </p>
);

const RunFacts = ({ scene, count, totalNs, errors }: { scene: Scene; count: number; totalNs: number; errors: number }) => (
  <>
    <Fact name="Similar spans" value={formatCount(count)} />
    <Fact name="Total" value={formatDuration(totalNs)} aside={shareOf(scene, totalNs)} />
    <Fact name="Average" value={formatDuration(totalNs / count)} />
    {errors > 0 ? <Fact name="Errors" value={formatCount(errors)} isError /> : undefined}
  </>
);

const Fact = ({ name, value, aside = '', isError = false }: { name: string; value: string; aside?: string; isError?: boolean }) => (
  <div className={styles['fact']}>
    <dt>{name}</dt>
    <dd className={isError ? styles['error'] : undefined}>
      {value}
      {aside === '' ? undefined : <span className={styles['aside']}>{aside}</span>}
    </dd>
  </div>
);

/** How much of what is shown a stretch of time takes, where that says something. */
const shareOf = ({ scope, rows }: Scene, ns: number): string => {
  const percent = (100 * ns) / lengthNs(scope.bounds);
  if (percent < 0.05 || rows.rowOf.length < 2) return '';
  return `${percent >= 10 ? Math.round(percent) : percent.toFixed(1)}% of the ${scope.root === undefined ? 'trace' : 'part'}`;
};
