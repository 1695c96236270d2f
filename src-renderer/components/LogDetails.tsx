import { useMemo, useState } from 'react';
import type { LogItem } from '#proto/bridge/shapes';
import { formatExactTime } from '#ui/base/time.ts';
import { valueText } from '#ui/model/any-value-text.ts';
import { exceptionOf, withoutException } from '#proto/model/exception';
import { jsonValue } from '#ui/model/json-text.ts';
import { contextNote, flagsText, observedNote, timeNote } from '#ui/model/log-context.ts';
import { severityLabel } from '#ui/model/severity.ts';
import { CopyButton } from '#ui/widgets/CopyButton.tsx';
import { SegmentedControl } from '#ui/widgets/SegmentedControl.tsx';
import { AnyValueView } from './AnyValueView.tsx';
import { AttributeTable } from './AttributeTable.tsx';
import { DetailSection } from './DetailSection.tsx';
import { ExceptionView } from './ExceptionView.tsx';
import { Fact, FactList } from './FactList.tsx';
import { IdText } from './IdText.tsx';
import { InertText } from './InertText.tsx';
import { ResourceDetails } from './ResourceDetails.tsx';
import { ScopeDetails } from './ScopeDetails.tsx';
import styles from './LogDetails.module.css';
import { LongText } from './LongText.tsx';

/** All that was sent with one log record, and what it means. */
export const LogDetails = ({ log }: { log: LogItem }) => {
  const exception = exceptionOf(log.attributes);
  const attributes = exception === undefined ? log.attributes : withoutException(log.attributes);
  return (
    <div className={styles['details']}>
      <Body log={log} />
      {exception === undefined ? undefined : (
        <div className={styles['part']}>
          <ExceptionView exception={exception} />
        </div>
      )}
      <div className={styles['part']}>
        <Facts log={log} />
      </div>
      <DetailSection id="log.attributes" title="Attributes" count={attributes.length}>
        <AttributeTable label="Log attributes" attributes={attributes} droppedCount={log.droppedAttributesCount} subject="logs" />
      </DetailSection>
      <DetailSection id="log.resource" title="Resource" count={log.resource.attributes.length}>
        <ResourceDetails resource={log.resource} subject="logs" />
      </DetailSection>
      <DetailSection id="log.scope" title="Scope">
        <ScopeDetails scope={log.scope} subject="logs" />
      </DetailSection>
    </div>
  );
};

const Body = ({ log: { body } }: { log: LogItem }) => {
  const text = body === undefined ? '' : valueText(body);
  const json = useMemo(() => (body !== undefined && 'stringValue' in body ? jsonValue(body.stringValue) : undefined), [body]);
  const [view, setView] = useState<'text' | 'tree'>('tree');
  if (body === undefined || Object.keys(body).length === 0 || text === '')
    return <p className={styles['noBody']}>This record has no body.</p>;
  return (
    <div className={styles['body']}>
      <div className={styles['bodyText']}>
        {'stringValue' in body && (json === undefined || view === 'text') ? (
          <LongText text={text} mono />
        ) : (
          <AnyValueView value={json ?? body} />
        )}
      </div>
      <div className={styles['bodyTools']}>
        {json === undefined ? undefined : (
          <SegmentedControl
            label="Show body as"
            segments={[
              { id: 'tree', label: 'JSON' },
              { id: 'text', label: 'Text' },
            ]}
            selected={view}
            onSelect={setView}
          />
        )}
        <CopyButton text={text} label="Copy body" />
      </div>
    </div>
  );
};

const Facts = ({ log }: { log: LogItem }) => (
  <FactList>
    <Fact name="Severity">
      <InertText text={severityLabel(log.severityNumber, log.severityText)} />
    </Fact>
    {log.eventName === '' ? undefined : (
      <Fact name="Event">
        <code>
          <InertText text={log.eventName} />
        </code>
      </Fact>
    )}
    <Fact name="Time" note={timeNote(log)}>
      {formatExactTime(log.timeUnixNano === '0' ? log.effectiveTimeUnixNano : log.timeUnixNano)}
    </Fact>
    {log.observedTimeUnixNano === '0' ? undefined : (
      <Fact name="Observed" note={observedNote(log)}>
        {formatExactTime(log.observedTimeUnixNano)}
      </Fact>
    )}
    <Fact name="Trace" note={contextNote(log)}>
      {log.contextTraceId === '' ? 'None' : <IdText id={log.contextTraceId} what="trace id" whole />}
    </Fact>
    {log.contextSpanId === '' ? undefined : (
      <Fact name="Span">
        <IdText id={log.contextSpanId} what="span id" whole />
      </Fact>
    )}
    {log.contextTraceId === '' && log.flags === 0 ? undefined : <Fact name="Trace flags">{flagsText(log.flags)}</Fact>}
  </FactList>
);
