import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Trace } from '#proto/analysis/trace';
import type { Backlink } from '#proto/bridge/backlinks';
import { inertText } from '#proto/text/inert-text';
import { shortId } from '#ui/base/short-id.ts';
import { backlinksQuery, useBridge } from '#ui/bridge/index.ts';
import { AttributeTable } from '#ui/components/AttributeTable.tsx';
import { DetailSection } from '#ui/components/DetailSection.tsx';
import { ServiceBadge } from '#ui/components/ServiceBadge.tsx';
import styles from './SpanInspector.module.css';

interface SpanBacklinksProps {
  trace: Trace;
  span: number;
  onSelect: (span: number) => void;
}

/** The stored spans that link to this one: what a message or a batch became, which the span itself cannot know. */
export const SpanBacklinks = ({ trace, span, onSelect }: SpanBacklinksProps) => {
  const { data } = useQuery({ ...backlinksQuery(useBridge(), trace.summary.traceId, trace.spanId.at(span)), staleTime: 5000 });
  if (data === undefined || data.items.length === 0) return undefined;
  return (
    <DetailSection id="span.backlinks" title="Linked from" count={data.items.length}>
      <ul className={styles['links']}>
        {data.items.map((backlink) => (
          <li key={backlink.traceId + backlink.spanId} className={styles['event']}>
            <p className={styles['eventHead']}>
              <Source trace={trace} backlink={backlink} onSelect={onSelect} />
            </p>
            <p className={styles['from']}>
              <ServiceBadge name={backlink.service} />
              {backlink.traceId === trace.summary.traceId ? undefined : (
                <span>
                  in trace <code>{shortId(backlink.traceId)}</code>
                </span>
              )}
            </p>
            {backlink.link.attributes.length > 0 ? (
              <AttributeTable label="Link attributes" attributes={backlink.link.attributes} />
            ) : undefined}
          </li>
        ))}
      </ul>
      {data.more ? <p className={styles['note']}>And more, which arrived earlier</p> : undefined}
    </DetailSection>
  );
};

const Source = ({ trace, backlink, onSelect }: { trace: Trace; backlink: Backlink; onSelect: (span: number) => void }) => {
  const { traceId, spanId } = backlink;
  const name = inertText(backlink.name.slice(0, 200)) || 'no name';
  const here = traceId === trace.summary.traceId ? trace.spanId.indexOf(spanId) : undefined;
  if (here !== undefined) {
    return (
      <button type="button" className={styles['link']} onClick={() => onSelect(here)}>
        {name}
      </button>
    );
  }
  return (
    <Link
      className={styles['link']}
      to="/traces/$traceId"
      params={{ traceId }}
      search={{ span: spanId }}
      title={`Trace ${traceId}, span ${spanId}`}
    >
      {name}
    </Link>
  );
};
