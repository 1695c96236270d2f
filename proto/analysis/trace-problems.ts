import { plural } from '../text/count.ts';
import { clockSkew } from './clock-skew.ts';
import { Placement } from './span-tree.ts';
import type { Trace } from './trace.ts';

/** Something about a trace's shape that a person should know before they trust the picture, in words, with the first span that it is about. */
export interface TraceProblem {
  message: string;
  span: number | undefined;
}

/** Of services whose clocks differ; who needs all of them asks `clockSkew`. */
const mostSkews = 3;

export const traceProblems = (trace: Trace): TraceProblem[] => [
  ...rootProblems(trace),
  ...placed(trace, Placement.parentMissing, (count) =>
    count === 1 ? '1 span whose parent has not arrived' : `${plural(count, 'span')} whose parent has not arrived`,
  ),
  ...placed(trace, Placement.cycle, (count, name) =>
    count === 1 ? `cycle of parents, broken at ${name}` : `${plural(count, 'cycle')} of parents, the first broken at ${name}`,
  ),
  ...placed(trace, Placement.ownParent, (count, name) =>
    count === 1 ? `${name} names itself as its parent` : `${plural(count, 'span')} that name themselves as their parent`,
  ),
  ...counted(spansThat(trace, endsBeforeStart), (count) =>
    count === 1 ? '1 span ends before it starts' : `${plural(count, 'span')} end before they start`,
  ),
  ...clockSkew(trace)
    .services.slice(0, mostSkews)
    .map(({ sentence, span }) => ({ message: sentence, span })),
];

const rootProblems = ({ tree }: Trace): TraceProblem[] => {
  const roots = tree.placement.reduce((sum, placement) => sum + (placement === Placement.root ? 1 : 0), 0);
  if (roots === 0 && tree.size > 0) return [{ message: 'no root span yet', span: undefined }];
  return roots > 1 ? [{ message: plural(roots, 'root span'), span: undefined }] : [];
};

const placed = (trace: Trace, placement: Placement, say: (count: number, firstName: string) => string): TraceProblem[] => {
  const spans = spansThat(trace, (_, span) => trace.tree.placement[span] === placement);
  return counted(spans, (count) => say(count, trace.name.at(spans.first ?? 0) || 'a span without a name'));
};

interface Found {
  count: number;
  first: number | undefined;
}

const counted = ({ count, first }: Found, say: (count: number) => string): TraceProblem[] =>
  count === 0 ? [] : [{ message: say(count), span: first }];

const spansThat = (trace: Trace, matches: (trace: Trace, span: number) => boolean): Found => {
  let count = 0;
  let first: number | undefined;
  for (let span = 0; span < trace.tree.size; span++) {
    if (!matches(trace, span)) continue;
    count += 1;
    first ??= span;
  }
  return { count, first };
};

const endsBeforeStart = ({ durationNs }: Trace, span: number): boolean => (durationNs[span] ?? 0) < 0;
