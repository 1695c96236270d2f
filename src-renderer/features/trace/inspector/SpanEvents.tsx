import { useState } from 'react';
import type { SpanEvent } from '#proto/model/span';
import { formatCount } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { formatExactTime } from '#ui/base/time.ts';
import { AttributeTable } from '#ui/components/AttributeTable.tsx';
import { ExceptionView } from '#ui/components/ExceptionView.tsx';
import { InertText } from '#ui/components/InertText.tsx';
import { exceptionOf, withoutException } from '#proto/model/exception';
import { nsSince } from '#ui/model/ns-since.ts';
import { Button } from '#ui/widgets/Button.tsx';
import styles from './SpanInspector.module.css';

const pageSize = 50;

/** Exceptions first, since they are what one looks for; everything else in the order in which it happened. */
export const SpanEvents = ({ events, spanStart }: { events: readonly SpanEvent[]; spanStart: string }) => {
  const [shown, setShown] = useState(pageSize);
  const inOrder = [...events.filter(isException), ...events.filter((event) => !isException(event))];
  return (
    <>
      <ol className={styles['events']}>
        {inOrder.slice(0, shown).map((event, index) => (
          <EventView key={index} event={event} spanStart={spanStart} />
        ))}
      </ol>
      {inOrder.length > shown ? (
        <Button tone="quiet" onClick={() => setShown(shown + pageSize)}>
          {`Show more, ${formatCount(inOrder.length - shown)} left`}
        </Button>
      ) : undefined}
    </>
  );
};

const isException = (event: SpanEvent): boolean => exceptionOf(event.attributes) !== undefined;

const EventView = ({ event, spanStart }: { event: SpanEvent; spanStart: string }) => {
  const exception = exceptionOf(event.attributes);
  const attributes = exception === undefined ? event.attributes : withoutException(event.attributes);
  const sinceStartNs = nsSince(spanStart, event.timeUnixNano);
  return (
    <li className={styles['event']}>
      <p className={styles['eventHead']}>
        <span className={styles['eventName']}>
          <InertText text={event.name.slice(0, 500) || 'no name'} />
        </span>
        <time className={styles['offset']} title={formatExactTime(event.timeUnixNano)}>
          {event.timeUnixNano === '0' ? 'no time' : `${sinceStartNs < 0 ? '' : '+'}${formatDuration(sinceStartNs)}`}
        </time>
      </p>
      {exception === undefined ? undefined : <ExceptionView exception={exception} />}
      {attributes.length > 0 || event.droppedAttributesCount > 0 ? (
        <AttributeTable label="Event attributes" attributes={attributes} droppedCount={event.droppedAttributesCount} subject="traces" />
      ) : undefined}
    </li>
  );
};
