import { ChevronRight } from 'lucide-react';
import type { Flame } from '#proto/analysis/flame';
import type { Trace } from '#proto/analysis/trace';
import { inertText } from '#proto/text/inert-text';
import styles from './FlameGraph.module.css';

interface FlamePathProps {
  trace: Trace;
  flame: Flame;
  zoomed: number | undefined;
  onZoom: (frame: number | undefined) => void;
}

/** Callers that are named; of a longer way those in the middle are left out. */
const mostSteps = 5;

/** The way from the root to the frame at full width, each step of which leads back. */
export const FlamePath = ({ trace, flame, zoomed, onZoom }: FlamePathProps) => {
  if (zoomed === undefined)
    return <span className={styles['hint']}>Width is time. Click a frame for full width, twice for its longest span.</span>;
  const { steps, leftOut } = wayTo(flame, zoomed);
  return (
    <ol className={styles['path']} aria-label="Way to the frame">
      <li>
        <button type="button" className={styles['step']} onClick={() => onZoom(undefined)}>
          Whole trace
        </button>
      </li>
      {leftOut ? (
        <li>
          <ChevronRight size={12} aria-hidden />…
        </li>
      ) : undefined}
      {steps.map((frame) => (
        <li key={frame}>
          <ChevronRight size={12} aria-hidden />
          <button
            type="button"
            className={styles['step']}
            aria-current={frame === zoomed ? 'true' : undefined}
            title={nameOf(trace, flame, frame)}
            onClick={() => onZoom(frame)}
          >
            {nameOf(trace, flame, frame)}
          </button>
        </li>
      ))}
    </ol>
  );
};

const wayTo = (flame: Flame, zoomed: number): { steps: number[]; leftOut: boolean } => {
  const steps: number[] = [];
  for (let frame = zoomed; frame >= 0 && steps.length < mostSteps; frame = flame.parent[frame] ?? -1) steps.unshift(frame);
  return { steps, leftOut: (flame.depth[zoomed] ?? 0) >= mostSteps };
};

const nameOf = (trace: Trace, flame: Flame, frame: number): string =>
  inertText(trace.name.at(flame.slowest[frame] ?? 0)).slice(0, 120) || 'no name';
