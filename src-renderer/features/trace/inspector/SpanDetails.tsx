import { useMemo } from 'react';
import { curlCommand } from '#proto/analysis/curl-command';
import type { SpanDetail } from '#proto/bridge/shapes';
import { plural } from '#proto/text/count';
import { AttributeTable } from '#ui/components/AttributeTable.tsx';
import { DetailSection } from '#ui/components/DetailSection.tsx';
import { ExceptionView } from '#ui/components/ExceptionView.tsx';
import { ResourceDetails } from '#ui/components/ResourceDetails.tsx';
import { ScopeDetails } from '#ui/components/ScopeDetails.tsx';
import { conversationOf } from '#ui/model/conversation.ts';
import { databaseQuery } from '#ui/model/database-query.ts';
import { modelCallOf } from '#ui/model/model-call.ts';
import { exceptionOf, withoutException } from '#proto/model/exception';
import type { Trace } from '#proto/analysis/trace';
import { ModelFacts } from './ModelFacts.tsx';
import { SpanBacklinks } from './SpanBacklinks.tsx';
import { SpanConversation } from './SpanConversation.tsx';
import { SpanEvents } from './SpanEvents.tsx';
import styles from './SpanInspector.module.css';
import { SpanLinks } from './SpanLinks.tsx';
import { SpanLogs } from './SpanLogs.tsx';
import { SpanQuery } from './SpanQuery.tsx';
import { SpanRequest } from './SpanRequest.tsx';

interface SpanDetailsProps {
  trace: Trace;
  span: number;
  detail: SpanDetail;
  onSelect: (span: number) => void;
  onTraceLogs: () => void;
}

/** What was sent with a span, most telling first: what went wrong, what it was about, what happened in it, what was logged, what it belongs to. */
export const SpanDetails = ({ trace, span, detail, onSelect, onTraceLogs }: SpanDetailsProps) => {
  const { attributes, events, links, resource, scope } = detail;
  // Deno records an exception on the span itself.
  const own = exceptionOf(attributes);
  const conversation = useMemo(() => conversationOf(attributes, events), [attributes, events]);
  const rest = own === undefined ? attributes : withoutException(attributes);
  const shown = conversation === undefined ? rest : rest.filter(({ key }) => !conversation.keys.has(key));
  const call = modelCallOf(attributes);
  const query = databaseQuery(attributes);
  const request = curlCommand(attributes);
  return (
    <>
      {own === undefined ? undefined : (
        <div className={styles['part']}>
          <ExceptionView exception={own} />
        </div>
      )}
      {call === undefined ? undefined : <ModelFacts call={call} />}
      {conversation === undefined ? undefined : <SpanConversation conversation={conversation} attributes={attributes} />}
      {query === undefined ? undefined : <SpanQuery query={query} />}
      {events.length > 0 || detail.droppedEventsCount > 0 ? (
        <DetailSection id="span.events" title="Events" count={events.length}>
          <SpanEvents events={events} spanStart={detail.startTimeUnixNano} />
          <Dropped count={detail.droppedEventsCount} what="event" />
        </DetailSection>
      ) : undefined}
      <DetailSection id="span.attributes" title="Attributes" count={shown.length}>
        <AttributeTable label="Span attributes" attributes={shown} droppedCount={detail.droppedAttributesCount} subject="traces" />
      </DetailSection>
      {request === undefined ? undefined : <SpanRequest request={request} />}
      <DetailSection id="span.logs" title="Logs" count={trace.logCount[span] ?? 0}>
        <SpanLogs trace={trace} span={span} onTraceLogs={onTraceLogs} />
      </DetailSection>
      {links.length > 0 || detail.droppedLinksCount > 0 ? (
        <DetailSection id="span.links" title="Links" count={links.length}>
          <SpanLinks trace={trace} links={links} onSelect={onSelect} />
          <Dropped count={detail.droppedLinksCount} what="link" />
        </DetailSection>
      ) : undefined}
      <SpanBacklinks trace={trace} span={span} onSelect={onSelect} />
      <DetailSection id="span.resource" title="Resource" count={resource.attributes.length} closedAtFirst>
        <ResourceDetails resource={resource} subject="traces" />
      </DetailSection>
      <DetailSection id="span.scope" title="Scope" closedAtFirst>
        <ScopeDetails scope={scope} subject="traces" />
      </DetailSection>
    </>
  );
};

/** What a sender left out is said, or a person would take what is here for all there was. */
const Dropped = ({ count, what }: { count: number; what: string }) =>
  count > 0 ? <p className={styles['dropped']}>{plural(count, what)} dropped by the sender</p> : undefined;
