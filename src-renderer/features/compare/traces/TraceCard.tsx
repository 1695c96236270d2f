import { Link } from '@tanstack/react-router';
import type { TraceSummary } from '#proto/bridge/shapes';
import { plural } from '#proto/text/count';
import { formatExactTime } from '#ui/base/time.ts';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import { inertText } from '#proto/text/inert-text';
import { Button } from '#ui/widgets/Button.tsx';
import { Duration } from '#ui/widgets/Duration.tsx';
import { RelativeTime } from '#ui/widgets/RelativeTime.tsx';
import styles from '../Compare.module.css';
import { SideMark } from '../SideMark.tsx';

/** One of the two traces in two lines, with the way to it and the way to another one. */
export const TraceCard = ({ side, summary, onChange }: { side: 'a' | 'b'; summary: TraceSummary; onChange: () => void }) => (
  <section className={styles['card']} aria-label={`Trace ${side.toUpperCase()}`}>
    <SideMark side={side} />
    <div className={styles['cardText']}>
      <div className={styles['cardName']}>
        <ServiceBadge name={summary.rootService} />
        <Link to="/traces/$traceId" params={{ traceId: summary.traceId }} className={styles['cardLink']} title="Open the trace">
          {inertText(summary.rootName).slice(0, 400).trim() || 'no name'}
        </Link>
      </div>
      <div className={styles['cardFacts']}>
        <Duration ns={summary.durationNano} />
        <span>{plural(summary.spanCount, 'span')}</span>
        {summary.errorCount > 0 ? <span className={styles['errors']}>{plural(summary.errorCount, 'error')}</span> : undefined}
        <RelativeTime time={summary.receivedTimeUnixNano} title={`Started ${formatExactTime(summary.startTimeUnixNano)}`} withAgo />
      </div>
    </div>
    <Button onClick={onChange}>
      Change…<span className="visually-hidden"> trace {side.toUpperCase()}</span>
    </Button>
  </section>
);
