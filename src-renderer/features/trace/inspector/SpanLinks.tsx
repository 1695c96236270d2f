import { Link } from '@tanstack/react-router';
import type { SpanLink } from '#proto/model/span';
import { formatCount } from '#proto/text/count';
import { shortId } from '#ui/base/short-id.ts';
import { AttributeTable } from '#ui/components/AttributeTable.tsx';
import { InertText } from '#ui/components/InertText.tsx';
import { inertText } from '#proto/text/inert-text';
import { spanFlagsText } from '#ui/model/span-flags.ts';
import type { Trace } from '#proto/analysis/trace';
import styles from './SpanInspector.module.css';

/** Nobody reads more of them; the count in the heading is right. */
const mostShown = 200;

interface SpanLinksProps {
  trace: Trace;
  links: readonly SpanLink[];
  onSelect: (span: number) => void;
}

/** Spans that this one is connected with beside its parent, in this trace or another, which may never have been received. */
export const SpanLinks = ({ trace, links, onSelect }: SpanLinksProps) => (
  <>
    <ul className={styles['links']}>
      {links.slice(0, mostShown).map((link, index) => (
        <li key={index} className={styles['event']}>
          <p className={styles['eventHead']}>
            <Target trace={trace} link={link} onSelect={onSelect} />
          </p>
          {link.traceState === '' ? undefined : (
            <p className={styles['note']}>
              Trace state <InertText text={link.traceState.slice(0, 500)} />
            </p>
          )}
          {link.flags === 0 ? undefined : <p className={styles['note']}>{spanFlagsText(link.flags, 'linked span')}</p>}
          {link.attributes.length > 0 || link.droppedAttributesCount > 0 ? (
            <AttributeTable label="Link attributes" attributes={link.attributes} droppedCount={link.droppedAttributesCount} />
          ) : undefined}
        </li>
      ))}
    </ul>
    {links.length > mostShown ? <p className={styles['note']}>{formatCount(links.length - mostShown)} more</p> : undefined}
  </>
);

const Target = ({ trace, link, onSelect }: { trace: Trace; link: SpanLink; onSelect: (span: number) => void }) => {
  const here = link.traceId === trace.summary.traceId ? trace.spanId.indexOf(link.spanId) : undefined;
  if (here !== undefined) {
    return (
      <button type="button" className={styles['link']} onClick={() => onSelect(here)}>
        {inertText(trace.name.at(here) || 'no name').slice(0, 200)} in this trace
      </button>
    );
  }
  if (link.traceId === '') return <span className={styles['note']}>Without a valid trace id</span>;
  return (
    <Link
      to="/traces/$traceId"
      params={{ traceId: link.traceId }}
      search={link.spanId === '' ? {} : { span: link.spanId }}
      title={`Trace ${link.traceId}, span ${link.spanId}`}
    >
      Span <code>{shortId(link.spanId)}</code> in trace <code>{shortId(link.traceId)}</code>
    </Link>
  );
};
