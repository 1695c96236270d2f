import { durationParts, formatDuration } from '#proto/text/duration';
import { formatCount } from '#proto/text/count';
import { Figure } from './Figure.tsx';

/** A duration with its unit smaller; the exact nanoseconds on hover. */
export const Duration = ({ ns }: { ns: string | number }) => (
  <Figure parts={durationParts(ns)} title={Number.isFinite(Number(ns)) ? `${formatCount(Number(ns))} ns` : formatDuration(ns)} />
);
