import type { Trace } from '#proto/analysis/trace';

/**
 * Runs of siblings that follow each other and look the same: the same service, name, kind and outcome, and below them the same again, span by span. A page that asks the database
 * for each of its 48 rows is one such run. In tree order a run is one stretch, subtrees included.
 */
export interface SimilarRuns {
  /** Of each run its first span, the first span behind it, how many siblings it has and what these took together. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly count: Int32Array;
  readonly totalNs: Float64Array;
  /** The run that a span is a sibling of; -1 for all others, those below the siblings among them. */
  readonly of: Int32Array;
}

/** Fewer than this are read as quickly as the words that would stand for them. */
export const shortestRun = 5;

type Shape = Pick<Trace, 'tree' | 'service' | 'name' | 'kind' | 'isError' | 'durationNs'>;

/**
 * Compares each sibling with the one before it, subtrees number by number. What is compared has the size of what it is compared with, so a span is looked at once for each doubling of
 * the subtrees that it is in: n log n steps at most, whatever was sent.
 */
export const similarRuns = (trace: Shape): SimilarRuns => {
  const { tree } = trace;
  const runs = { first: [] as number[], end: [] as number[], count: [] as number[], totalNs: [] as number[] };
  const of = new Int32Array(tree.size).fill(-1);

  const close = (first: number, end: number, count: number): void => {
    if (count < shortestRun) return;
    let totalNs = 0;
    for (let member = first; member < end; member = tree.end[member] ?? end) {
      of[member] = runs.first.length;
      totalNs += Math.max(0, trace.durationNs[member] ?? 0);
    }
    runs.first.push(first);
    runs.end.push(end);
    runs.count.push(count);
    runs.totalNs.push(totalNs);
  };

  for (let eldest = 0; eldest < tree.size; eldest++) {
    const siblings = tree.siblingCount[eldest] ?? 1;
    if (tree.siblingNumber[eldest] !== 1 || siblings < shortestRun) continue;
    let first = eldest;
    let count = 1;
    let member = eldest;
    for (let number = 1; number < siblings; number++) {
      const next = tree.end[member] ?? tree.size;
      if (areAlike(trace, member, next)) count += 1;
      else {
        close(first, next, count);
        first = next;
        count = 1;
      }
      member = next;
    }
    close(first, tree.end[member] ?? tree.size, count);
  }
  return {
    first: Int32Array.from(runs.first),
    end: Int32Array.from(runs.end),
    count: Int32Array.from(runs.count),
    totalNs: Float64Array.from(runs.totalNs),
    of,
  };
};

/** Equal from the sibling itself down to the last span below it: in tree order with equal ends, two subtrees have the same shape. */
const areAlike = ({ tree, service, name, kind, isError }: Shape, one: number, other: number): boolean => {
  const size = (tree.end[one] ?? 0) - one;
  if ((tree.end[other] ?? 0) - other !== size || tree.placement[one] !== tree.placement[other]) return false;
  for (let index = 0; index < size; index++) {
    const a = one + index;
    const b = other + index;
    if (
      name.codes[a] !== name.codes[b] ||
      service.codes[a] !== service.codes[b] ||
      kind[a] !== kind[b] ||
      isError[a] !== isError[b] ||
      (tree.end[a] ?? 0) - one !== (tree.end[b] ?? 0) - other
    )
      return false;
  }
  return true;
};

/** Which runs are folded to one row, small enough for a URL: all of them but those of which some sibling is named here, or none at all. */
export type RunFolding = 'none' | readonly string[];

/** As many as a URL carries with ease; the oldest goes first. */
export const mostOpenRuns = 64;

/** One flag a run. */
export const foldedRuns = ({ spanId }: Pick<Trace, 'spanId'>, { first, of }: SimilarRuns, folding: RunFolding): Uint8Array => {
  const folded = new Uint8Array(first.length).fill(folding === 'none' ? 0 : 1);
  if (folding === 'none') return folded;
  for (const id of folding) {
    const run = of[spanId.indexOf(id) ?? -1] ?? -1;
    if (run >= 0) folded[run] = 0;
  }
  return folded;
};

/** The folding with a run opened, or closed again. Where runs are not folded there is nothing to open. */
export const toggleRun = (trace: Pick<Trace, 'spanId'>, runs: SimilarRuns, folding: RunFolding, run: number): RunFolding => {
  if (folding === 'none') return folding;
  const others = folding.filter((id) => runs.of[trace.spanId.indexOf(id) ?? -1] !== run);
  return others.length < folding.length ? others : [...folding, trace.spanId.at(runs.first[run] ?? -1)].slice(-mostOpenRuns);
};

/** Opens every run that hides a span: the one it is in, and those of what is above it. Where that takes more than are kept, none is folded any more: a span that was asked for must be seen. */
export const openRunsAt = (trace: Pick<Trace, 'tree' | 'spanId'>, runs: SimilarRuns, folding: RunFolding, span: number): RunFolding => {
  const folded = foldedRuns(trace, runs, folding);
  let opened = folding;
  for (let above = span; above >= 0 && opened !== 'none'; above = trace.tree.parent[above] ?? -1) {
    const run = runs.of[above] ?? -1;
    if (run < 0 || folded[run] !== 1) continue;
    opened = opened.length < mostOpenRuns ? toggleRun(trace, runs, opened, run) : 'none';
  }
  return opened;
};
