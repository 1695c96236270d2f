import { formatCount, plural } from '#proto/text/count';
import { formatDuration } from '#proto/text/duration';
import { descendantCount } from '#proto/analysis/span-tree';
import type { Trace } from '#proto/analysis/trace';
import { inertText } from '#proto/text/inert-text';
import { foundBetween } from '#ui/model/find-spans.ts';
import { spanNotes } from '#ui/model/span-notes.ts';
import { endOfRow, type Scene } from './scene.ts';

export const nameOf = ({ name }: Trace, span: number): string => inertText(name.at(span).trim()).slice(0, 300) || 'no name';

export const serviceOf = ({ service }: Trace, span: number): string =>
  inertText(service.at(span).trim()).slice(0, 120) || 'no service name';

/** Failed spans from `first` up to, not including, `end`. */
export const errorsBetween = ({ errorsBefore }: Trace, first: number, end: number): number =>
  (errorsBefore[end] ?? 0) - (errorsBefore[first] ?? 0);

/** What the bar and the marks of a row show, in words, for whoever does not see them. */
export const spokenRow = (scene: Scene, row: number): string => {
  const { trace, rows, runs, found, critical } = scene;
  const span = rows.spans[row] ?? 0;
  const run = rows.runs[row] ?? -1;
  const end = endOfRow(scene, row);
  const startsAt = `starts at ${formatDuration(trace.startNs[span] ?? 0)}`;
  const foundHere = found === undefined ? 0 : foundBetween(found, span, end);
  const errors = errorsBetween(trace, span, end);
  const facts =
    run < 0
      ? [...spokenSpan(scene, span), startsAt, trace.isError[span] === 1 ? 'error' : '', hiddenErrors(errors, trace.isError[span] ?? 0)]
      : [
          `${formatCount(runs.count[run] ?? 0)} similar spans folded`,
          `${formatDuration(runs.totalNs[run] ?? 0)} in total`,
          startsAt,
          errors > 0 ? plural(errors, 'error') : '',
        ];
  return [
    ...facts,
    critical?.has(span, end) ? 'on the critical path' : '',
    foundHere > 0 ? (end > span + 1 ? `${formatCount(foundHere)} found in it` : 'found') : '',
  ]
    .filter(Boolean)
    .join(', ');
};

const spokenSpan = ({ trace, selfNs, skew, isAdjusted }: Scene, span: number): string[] => {
  const hidden = descendantCount(trace.tree, span);
  const durationNs = trace.durationNs[span] ?? 0;
  const ownNs = selfNs[span] ?? 0;
  return [
    formatDuration(durationNs),
    ownNs < durationNs ? `${formatDuration(ownNs)} of it self time` : '',
    trace.eventCount[span] ? plural(trace.eventCount[span], 'event') : '',
    trace.logCount[span] ? plural(trace.logCount[span], 'log record') : '',
    hidden > 0 ? `${formatCount(hidden)} below` : '',
    ...spanNotes(trace, span, { shiftNs: skew.shiftNs, isAdjusted }).map(({ words }) => words),
  ];
};

const hiddenErrors = (errors: number, own: number): string => (errors > own ? `${plural(errors - own, 'error')} below` : '');
