import { Clock, X } from 'lucide-react';
import { Fragment } from 'react';
import type { ClockSkew } from '#proto/analysis/clock-skew';
import { formatCount, plural } from '#proto/text/count';
import { inertText } from '#proto/text/inert-text';
import { ancestorsOf } from '#ui/model/timeline-scope.ts';
import { Button } from '#ui/widgets/Button.tsx';
import { Kbd } from '#ui/widgets/Kbd.tsx';
import { nameOf } from './row-words.ts';
import type { Scene } from './scene.ts';
import styles from './TimelineNotes.module.css';
import { mostLogMarks } from './use-log-marks.ts';

/** Of the way down to a span, the nearest are named. */
const mostAncestors = 3;

/** Between bar and timeline, where there is something to say: that this is a part of the trace, what the clocks are off by, and what is not drawn. */
export const TimelineNotes = ({ scene, onRoot }: { scene: Scene; onRoot: (root: number | undefined) => void }) => (
  <>
    {scene.scope.root === undefined ? undefined : <WayDown scene={scene} root={scene.scope.root} onRoot={onRoot} />}
    {scene.isAdjusted ? <ClockNote skew={scene.skew} /> : undefined}
    {scene.trace.summary.logCount > mostLogMarks ? (
      <p className={styles['note']}>
        The first {formatCount(mostLogMarks)} of {plural(scene.trace.summary.logCount, 'log record')} are marked on the bars.
      </p>
    ) : undefined}
  </>
);

const WayDown = ({ scene: { trace, scope }, root, onRoot }: { scene: Scene; root: number; onRoot: (root: number | undefined) => void }) => {
  const above = ancestorsOf(trace, root);
  const named = above.slice(-mostAncestors);
  return (
    <nav className={styles['note']} aria-label="Part of the trace">
      <Button tone="quiet" onClick={() => onRoot(undefined)}>
        Whole trace
      </Button>
      {above.length > named.length ? <span aria-hidden>› …</span> : undefined}
      {named.map((span) => (
        <Fragment key={span}>
          <span aria-hidden>›</span>
          <button type="button" className={styles['ancestor']} onClick={() => onRoot(span)}>
            {nameOf(trace, span).slice(0, 60)}
          </button>
        </Fragment>
      ))}
      <span aria-hidden>›</span>
      <strong className={styles['root']} aria-current="location">
        {nameOf(trace, root)}
      </strong>
      <span className={styles['count']}>
        {formatCount(scope.end - scope.first)} of {plural(trace.tree.size, 'span')}
      </span>
      <span className={styles['gap']} />
      <Button tone="quiet" aria-label="Back to the whole trace" onClick={() => onRoot(undefined)}>
        <X aria-hidden />
        <Kbd keys="R" />
      </Button>
    </nav>
  );
};

/** What was adjusted. That clocks differ stands in the trace's header and on the rows that it shows at, whether they are adjusted or not. */
const ClockNote = ({ skew: { services } }: { skew: ClockSkew }) => {
  const sentences = services.map(({ sentence }) => inertText(sentence).slice(0, 400));
  const words =
    sentences[0] === undefined
      ? 'The clocks of this trace agree: nothing is adjusted.'
      : `Adjusted: ${sentences[0]}${services.length > 1 ? ` (and ${plural(services.length - 1, 'other clock')})` : ''}. Spans are moved to lie within their parents; durations are as sent.`;
  return (
    <p className={styles['note']} data-look title={sentences.join('\n')} role="status">
      <Clock size={12} aria-hidden />
      <span className={styles['sentence']}>{words}</span>
    </p>
  );
};
