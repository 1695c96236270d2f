import type { CriticalPath } from './critical-path.ts';

/** Nanoseconds that each span has on the critical path, in tree order. */
export const criticalTimes = ({ span, startNs, endNs }: CriticalPath, size: number): Float64Array => {
  const onPathNs = new Float64Array(size);
  for (let segment = 0; segment < span.length; segment++) {
    const place = span[segment] ?? 0;
    onPathNs[place] = (onPathNs[place] ?? 0) + (endNs[segment] ?? 0) - (startNs[segment] ?? 0);
  }
  return onPathNs;
};
