import { durationParts, formatDuration } from '#ui/base/duration.ts';
import { formatCount } from '#ui/base/count.ts';
import { Figure } from './Figure.tsx';

/** A duration with its unit smaller; the exact nanoseconds on hover. */
export const Duration = ({ ns }: { ns: string | number }) => (
  <Figure parts={durationParts(ns)} title={Number.isFinite(Number(ns)) ? `${formatCount(Number(ns))} ns` : formatDuration(ns)} />
);
