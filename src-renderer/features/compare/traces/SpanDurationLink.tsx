import { Link } from '@tanstack/react-router';
import type { ComparedSide } from '#proto/analysis/compare-traces';
import { formatCount } from '#proto/text/count';
import { Duration } from '#ui/widgets/Duration.tsx';
import styles from '../Compare.module.css';

interface SpanDurationLinkProps {
  side: 'a' | 'b';
  of: ComparedSide;
  node: number;
}

/** What a node took in one trace, in all, as the way to its first span there. */
export const SpanDurationLink = ({ side, of: { trace, span, count, totalNs, errorCount }, node }: SpanDurationLinkProps) => {
  const first = span[node] ?? -1;
  if (first < 0) return <span className={styles['absent']}>none</span>;
  const runs = count[node] ?? 0;
  const failed = errorCount[node] ?? 0;
  return (
    <Link
      to="/traces/$traceId"
      params={{ traceId: trace.summary.traceId }}
      search={{ span: trace.spanId.at(first) }}
      className={styles['spanLink']}
      tabIndex={-1}
      title={`Open in trace ${side.toUpperCase()} (${side})${failed > 0 ? `: ${formatCount(failed)} of ${formatCount(runs)} failed` : ''}`}
      data-failed={failed > 0 || undefined}
    >
      <Duration ns={totalNs[node] ?? 0} />
    </Link>
  );
};
