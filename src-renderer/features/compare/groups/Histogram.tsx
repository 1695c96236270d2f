import type { OperationChange } from '#proto/bridge/comparison';
import { formatDuration } from '#proto/text/duration';
import styles from './Groups.module.css';

const stepPx = 5;
const halfPx = 11;

/** Durations of both groups on one logarithmic scale: A stands on the line, B hangs below it, each as high as its own highest step. */
export const Histogram = ({ of }: { of: OperationChange['histogram'] }) => (
  <svg
    className={styles['histogram']}
    width={of.a.length * stepPx}
    height={halfPx * 2 + 1}
    role="img"
    aria-label={`Durations from ${formatDuration(of.fromNano)} to ${formatDuration(of.toNano)}`}
  >
    <title>{`${formatDuration(of.fromNano)} to ${formatDuration(of.toNano)}, logarithmic. Above the line A, below it B.`}</title>
    <Bars counts={of.a} side="a" />
    <Bars counts={of.b} side="b" />
    <line x1={0} x2={of.a.length * stepPx} y1={halfPx + 0.5} y2={halfPx + 0.5} className={styles['axis']} />
  </svg>
);

const Bars = ({ counts, side }: { counts: readonly number[]; side: 'a' | 'b' }) => {
  const most = Math.max(1, ...counts);
  return (
    <g className={styles['bars']} data-side={side}>
      {counts.map((count, step) => {
        if (count === 0) return undefined;
        const height = Math.max(1.5, (count / most) * halfPx);
        return <rect key={step} x={step * stepPx} width={stepPx - 1} y={side === 'a' ? halfPx - height : halfPx + 1} height={height} />;
      })}
    </g>
  );
};
