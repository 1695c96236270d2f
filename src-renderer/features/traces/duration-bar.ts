/**
 * How long the bar of a duration is, as a share of the longest. By square root: durations in one list differ a thousandfold, so that linear bars show one
 * outlier and nothing else, while logarithmic ones make everything look alike.
 */
export const barShare = (durationNs: number, longestNs: number): number =>
  longestNs <= 0 ? 0 : Math.sqrt(Math.max(0, durationNs) / longestNs);

/** The end of the scale: the next 1, 2 or 5 of a power of ten, so that bars hold still while traces arrive. */
export const barScaleEnd = (longestNs: number): number => {
  if (longestNs <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(longestNs));
  const step = [1, 2, 5].find((candidate) => candidate * power >= longestNs) ?? 10;
  return step * power;
};
