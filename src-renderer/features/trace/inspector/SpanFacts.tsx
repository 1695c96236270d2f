import type { SpanDetail } from '#proto/bridge/shapes';
import { formatDuration } from '#proto/text/duration';
import { formatExactTime } from '#ui/base/time.ts';
import { Fact, FactList } from '#ui/components/FactList.tsx';
import { IdText } from '#ui/components/IdText.tsx';
import { InertText } from '#ui/components/InertText.tsx';
import { LongText } from '#ui/components/LongText.tsx';
import { SpanPercentile } from '#ui/components/SpanPercentile.tsx';
import { StatusBadge } from '#ui/components/StatusBadge.tsx';
import { inertText } from '#proto/text/inert-text';
import { spanFlagsText } from '#ui/model/span-flags.ts';
import { spanKindName } from '#ui/model/span-kind.ts';
import { hasChildren, Placement } from '#proto/analysis/span-tree';
import type { Trace } from '#proto/analysis/trace';
import { Duration } from '#ui/widgets/Duration.tsx';
import styles from './SpanInspector.module.css';

interface SpanFactsProps {
  trace: Trace;
  span: number;
  /** Nanoseconds of each span of the trace without its children (`selfTimes`). */
  selfNs: Float64Array;
  /** Once it is there: what only the whole span knows. */
  detail: SpanDetail | undefined;
  onSelect: (span: number) => void;
}

export const SpanFacts = ({ trace, span, selfNs, detail, onSelect }: SpanFactsProps) => {
  const message = trace.statusMessage.at(span);
  const durationNs = trace.durationNs[span] ?? 0;
  const code = trace.isError[span] === 1 ? 2 : detail?.status.code;
  return (
    <div className={styles['facts']}>
      {trace.isError[span] === 1 && message !== '' ? (
        <div className={styles['failure']} role="note" aria-label="Status message">
          <LongText text={message} maxChars={480} maxLines={8} />
        </div>
      ) : undefined}
      <FactList>
        <Fact
          name="Duration"
          note={durationNs < 0 ? 'It ends before it starts: the clock was set back, or the sender is wrong.' : undefined}
        >
          <Duration ns={durationNs} />
          <span className={styles['share']}>{shareOf(trace, durationNs)}</span>
          <div className={styles['standing']}>
            <SpanPercentile
              operation={{
                service: trace.service.at(span).slice(0, 4096),
                name: trace.name.at(span).slice(0, 4096),
                kind: trace.kind[span] ?? 0,
              }}
              durationNs={durationNs}
            />
          </div>
        </Fact>
        {hasChildren(trace.tree, span) ? (
          <Fact name="Self time">
            <Duration ns={selfNs[span] ?? 0} />
            <span className={styles['share']}>without its children</span>
          </Fact>
        ) : undefined}
        <Fact name="Starts">
          <span title={detail === undefined ? undefined : formatExactTime(detail.startTimeUnixNano)}>
            {trace.startNs[span] === 0 ? 'With the trace' : `${formatDuration(trace.startNs[span] ?? 0)} into the trace`}
          </span>
        </Fact>
        <Fact name="Kind">{spanKindName(trace.kind[span] ?? 0)}</Fact>
        <Fact name="Status">{code === undefined ? undefined : <StatusBadge code={code} />}</Fact>
        {trace.isError[span] !== 1 && message !== '' ? (
          <Fact name="Status message">
            <LongText text={message} maxLines={4} />
          </Fact>
        ) : undefined}
        <Fact name="Span id">
          <IdText id={trace.spanId.at(span)} what="span id" whole />
        </Fact>
        <Parent trace={trace} span={span} detail={detail} onSelect={onSelect} />
        {detail === undefined || detail.traceState === '' ? undefined : (
          <Fact name="Trace state">
            <code>
              <InertText text={detail.traceState.slice(0, 1000)} />
            </code>
          </Fact>
        )}
        {detail === undefined || detail.flags === 0 ? undefined : <Fact name="Flags">{flagsOf(detail)}</Fact>}
      </FactList>
    </div>
  );
};

const Parent = ({ trace, span, detail, onSelect }: Omit<SpanFactsProps, 'selfNs'>) => {
  const { tree } = trace;
  const above = tree.parent[span] ?? -1;
  const placement = tree.placement[span];
  if (above >= 0) {
    return (
      <Fact name="Parent">
        <button type="button" className={styles['link']} onClick={() => onSelect(above)}>
          {inertText(trace.name.at(above) || 'no name').slice(0, 200)}
        </button>
        {trace.service.at(above) === trace.service.at(span) ? undefined : (
          <span className={styles['share']}>in {inertText(trace.service.at(above) || 'a service without a name').slice(0, 100)}</span>
        )}
      </Fact>
    );
  }
  if (placement === Placement.root) return <Fact name="Parent">None: this is the root</Fact>;
  const note =
    placement === Placement.parentMissing
      ? 'Has not arrived: it is still running, was not sampled, or its service sends elsewhere.'
      : placement === Placement.ownParent
        ? 'The span names itself as its parent.'
        : 'Its parents lead back to itself; the circle was broken here.';
  return (
    <Fact name="Parent" note={note}>
      {detail === undefined || detail.parentSpanId === '' ? '–' : <IdText id={detail.parentSpanId} what="parent span id" whole />}
    </Fact>
  );
};

/** How much of the trace a span takes, where that says something. */
const shareOf = (trace: Trace, durationNs: number): string => {
  const share = durationNs / (trace.bounds.endNs - trace.bounds.startNs);
  return share > 0.0005 && trace.tree.size > 1 ? `${share >= 0.1 ? Math.round(share * 100) : (share * 100).toFixed(1)}% of the trace` : '';
};

/** What the flags say of a parent means nothing for a span that has none. */
const flagsOf = ({ flags, parentSpanId }: SpanDetail): string => spanFlagsText(parentSpanId === '' ? flags & 0xff : flags);
