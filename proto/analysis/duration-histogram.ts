/** How many spans took how long, in steps that are equal on a logarithmic scale. */
export interface DurationHistogram {
  readonly fromNs: number;
  readonly toNs: number;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

const histogramSteps = 24;

/** Durations below 1 ns count as 1 ns. */
export const durationHistogram = (a: Float64Array, b: Float64Array): DurationHistogram => {
  let [least, most] = [Number.POSITIVE_INFINITY, 1];
  for (const durations of [a, b]) {
    for (const duration of durations) {
      least = Math.min(least, Math.max(1, duration));
      most = Math.max(most, duration);
    }
  }
  const fromNs = Math.min(least, most);
  const toNs = Math.max(most, fromNs * 2);
  const stepOf = (duration: number): number =>
    Math.min(histogramSteps - 1, Math.floor((Math.log(Math.max(1, duration) / fromNs) / Math.log(toNs / fromNs)) * histogramSteps));
  const counts = (durations: Float64Array): number[] => {
    const steps = Array.from({ length: histogramSteps }, () => 0);
    for (const duration of durations) {
      const step = stepOf(duration);
      steps[step] = (steps[step] ?? 0) + 1;
    }
    return steps;
  };
  return { fromNs, toNs, a: counts(a), b: counts(b) };
};
