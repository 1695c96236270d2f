import { useMemo } from 'react';
import { selfTimes } from '#proto/analysis/self-time';
import type { Trace } from '#proto/analysis/trace';

/** Nanoseconds that each span spent itself. */
export const useSelfTimes = (trace: Trace): Float64Array => useMemo(() => selfTimes(trace), [trace]);
