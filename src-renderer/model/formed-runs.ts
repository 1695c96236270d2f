import type { Trace } from '#proto/analysis/trace';
import { shortestRun, type SimilarRuns } from './similar-runs.ts';

interface TraceWithRuns {
  trace: Pick<Trace, 'tree' | 'spanId'>;
  runs: SimilarRuns;
}

/**
 * Runs that have become long enough to be folded by spans that came in, as the ids of their first spans: what had a row of its own must not fold away while a person reads it. A run that came
 * in as a whole, or was one before, is none of them.
 */
export const formedRuns = (before: TraceWithRuns, after: TraceWithRuns): string[] => {
  const firstMembers = Array.from(after.runs.first, (first) => membersFrom(after, first));
  const placesBefore = before.trace.spanId.placesOf(firstMembers.flat());
  const stoodAlone = (id: string): boolean => before.runs.of[placesBefore.get(id) ?? -1] === -1;
  return firstMembers.filter((ids) => ids.some(stoodAlone)).map(([first = '']) => first);
};

/** As many of a run as can have been there without being a run. */
const membersFrom = ({ trace }: TraceWithRuns, first: number): string[] => {
  const ids: string[] = [];
  for (let member = first; ids.length < shortestRun; member = trace.tree.end[member] ?? trace.tree.size) ids.push(trace.spanId.at(member));
  return ids;
};
