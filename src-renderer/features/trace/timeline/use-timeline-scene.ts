import { useMemo } from 'react';
import { clockSkew } from '#proto/analysis/clock-skew';
import { criticalPath } from '#proto/analysis/critical-path';
import { selfTimes } from '#proto/analysis/self-time';
import type { Trace } from '#proto/analysis/trace';
import { adjustClocks, adjustLogs } from '#ui/model/adjust-clocks.ts';
import { collapsedSpans, type Collapse } from '#ui/model/collapse.ts';
import { CriticalSpans } from '#ui/model/critical-spans.ts';
import { findSpans } from '#ui/model/find-spans.ts';
import { foldedRuns, type RunFolding, similarRuns } from '#ui/model/similar-runs.ts';
import { visibleRows } from '#ui/model/timeline-rows.ts';
import { scopeOf } from '#ui/model/timeline-scope.ts';
import type { Scene } from './scene.ts';
import { type KeptOpen, useKeptOpen } from './use-kept-open.ts';
import type { TimelineSearch } from './timeline-search.ts';
import { useLogMarks } from './use-log-marks.ts';

interface SceneWishes {
  collapse: Collapse;
  /** As the address says. */
  folding: RunFolding;
  /** As it is typed. */
  find: string;
  search: Pick<TimelineSearch, 'root' | 'path' | 'clocks'>;
}

/** The scene of a trace under what the address says. Each part is worked out anew only where something that it is made of has changed. */
export const useTimelineScene = (sent: Trace, { collapse, folding, find, search }: SceneWishes): { scene: Scene; keptOpen: KeptOpen } => {
  const isAdjusted = search.clocks === 'adjusted';
  const skew = useMemo(() => clockSkew(sent), [sent]);
  const trace = useMemo(() => (isAdjusted ? adjustClocks(sent, skew.shiftNs) : sent), [sent, skew, isAdjusted]);
  const scope = useMemo(() => scopeOf(trace, trace.spanId.indexOf(search.root ?? '')), [trace, search.root]);
  const runs = useMemo(() => similarRuns(sent), [sent]);
  const keptOpen = useKeptOpen(sent, runs);
  const { ids: keptIds } = keptOpen;
  const folded = useMemo(
    () => foldedRuns(sent, runs, folding === 'none' ? folding : [...folding, ...keptIds]),
    [sent, runs, folding, keptIds],
  );
  const collapsed = useMemo(() => collapsedSpans(sent, collapse), [sent, collapse]);
  const rows = useMemo(
    () => visibleRows({ tree: sent.tree, scope, collapsed, runs, foldedRuns: folded }),
    [sent, scope, collapsed, runs, folded],
  );
  const selfNs = useMemo(() => selfTimes(trace), [trace]);
  const found = useMemo(() => findSpans(sent, find), [sent, find]);
  const isCritical = search.path === 'critical';
  const critical = useMemo(() => (isCritical ? new CriticalSpans(criticalPath(trace), trace.tree.size) : undefined), [trace, isCritical]);
  const logsAsSent = useLogMarks(sent);
  const logs = useMemo(
    () => (isAdjusted && logsAsSent !== undefined ? adjustLogs(logsAsSent, sent.tree, skew.shiftNs) : logsAsSent),
    [isAdjusted, logsAsSent, sent, skew],
  );
  const foldsRuns = folding !== 'none';
  const scene = useMemo(
    () => ({ trace, scope, collapsed, runs, foldsRuns, rows, selfNs, skew, isAdjusted, found, critical, logs }),
    [trace, scope, collapsed, runs, foldsRuns, rows, selfNs, skew, isAdjusted, found, critical, logs],
  );
  return { scene, keptOpen };
};
