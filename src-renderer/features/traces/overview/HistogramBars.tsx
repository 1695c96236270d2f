import { formatShortCount } from '#proto/text/count';
import { type Bar, countScaleEnd, pxOfMs, type TimeDomain } from './chart-scale.ts';
import styles from './Overview.module.css';

/** Less would not be seen. */
const leastPx = 2;

/** A bar a bucket, the failed ones at its foot, so that they can be compared along the line. */
export const HistogramBars = ({
  bars,
  domain,
  widthPx,
  heightPx,
}: {
  bars: readonly Bar[];
  domain: TimeDomain;
  widthPx: number;
  heightPx: number;
}) => {
  const end = countScaleEnd(bars.reduce((most, { traceCount }) => Math.max(most, traceCount), 0));
  const px = (count: number): number => (count === 0 ? 0 : Math.max(leastPx, (count / end) * heightPx));
  return (
    <>
      <svg className={styles['drawing']} width={widthPx} height={heightPx} aria-hidden>
        {bars.map((bar) => {
          if (bar.traceCount === 0) return undefined;
          const left = pxOfMs(domain, widthPx, bar.startMs);
          const width = Math.max(1, pxOfMs(domain, widthPx, bar.endMs) - left - 1);
          const failedPx = px(bar.errorCount);
          const allPx = Math.max(px(bar.traceCount), failedPx + (bar.errorCount < bar.traceCount ? leastPx : 0));
          return (
            <g key={bar.startMs}>
              <rect className={styles['fine']} x={left} y={heightPx - allPx} width={width} height={allPx - failedPx} />
              <rect className={styles['failed']} x={left} y={heightPx - failedPx} width={width} height={failedPx} />
            </g>
          );
        })}
      </svg>
      <span className={styles['count']} aria-hidden>
        {formatShortCount(end)}
      </span>
    </>
  );
};
