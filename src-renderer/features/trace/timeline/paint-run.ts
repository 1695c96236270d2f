import { visibleBox } from '#ui/canvas/box.ts';
import type { Trace } from '#proto/analysis/trace';
import { eachCovered, eachStart, type Intervals, intervalsOf } from '#ui/model/intervals.ts';
import type { SimilarRuns } from '#ui/model/similar-runs.ts';
import { barHeightPx, rowHeightPx, xOf } from './geometry.ts';
import { paintLabel, paintOutOfView } from './paint-bar.ts';
import { drawnWindow, nsPerPx, type Painting } from './painting.ts';
import type { RowLook } from './row-looks.ts';

/** Spans that begin closer together than this are drawn as one tick. */
const tickStepPx = 3;
const tickPx = 2;

interface RunRow {
  run: number;
  span: number;
  look: RowLook;
  yPx: number;
}

/** A folded run: pale where any of its spans was at work, with each as a bar or, where they lie closely, a tick at its start. As many steps as there are pixels, however many spans. */
export const paintRun = (painting: Painting, { run, span, look, yPx }: RunRow): void => {
  const { layer, colours, scene, view } = painting;
  const { context, widthPx } = layer;
  const members = membersOf(scene.trace, scene.runs, run);
  const perPx = nsPerPx(painting);
  const x = (ns: number): number => xOf(view.window, widthPx, ns);
  const box = visibleBox(x(members.startNs[0] ?? 0), x(members.reachNs.at(-1) ?? 0), widthPx, tickPx);
  if (box === undefined) {
    paintOutOfView(painting, yPx, x(members.reachNs.at(-1) ?? 0) < 0 ? 'left' : 'right');
    return;
  }
  const topPx = yPx + (rowHeightPx - barHeightPx) / 2;
  const isError = scene.trace.isError[span] === 1;
  const alpha = context.globalAlpha;
  const fillBox = (fromNs: number, toNs: number, leastPx: number, top: number, heightPx: number): void => {
    const piece = visibleBox(x(fromNs), x(toNs), widthPx, leastPx);
    if (piece !== undefined) context.fillRect(piece.leftPx, top, piece.widthPx, heightPx);
  };
  const window = drawnWindow(painting);
  context.fillStyle = colours.get(look.fill);
  context.globalAlpha = alpha * 0.4;
  eachCovered(members, window, perPx, (fromNs, toNs) => fillBox(fromNs, toNs, 1, topPx, barHeightPx));
  context.globalAlpha = alpha;
  eachStart(members, window, tickStepPx * perPx, (fromNs, toNs, count) => {
    // A pixel less than it took, so that what follows at once can be told apart.
    const ownNs = count === 1 ? Math.max(tickPx * perPx, toNs - fromNs - perPx) : tickPx * perPx;
    fillBox(fromNs, fromNs + ownNs, 1, topPx, barHeightPx);
  });
  if (isError) {
    context.fillStyle = colours.get('var(--error-fill)');
    eachCovered(members, window, perPx, (fromNs, toNs) => fillBox(fromNs, toNs, 2, topPx + barHeightPx - 2, 2));
  }
  paintLabel(painting, look, { box, yPx, isError, isInBar: false });
};

/** Made when a run is first drawn: all of them together have at most as many entries as the trace has spans. */
const drawn = new WeakMap<Trace, Map<number, Intervals>>();

const membersOf = (trace: Trace, runs: SimilarRuns, run: number): Intervals => {
  const known = drawn.get(trace) ?? new Map<number, Intervals>();
  drawn.set(trace, known);
  let members = known.get(run);
  if (members === undefined) known.set(run, (members = readMembers(trace, runs, run)));
  return members;
};

const readMembers = ({ tree, startNs, durationNs }: Trace, { first, end, count }: SimilarRuns, run: number): Intervals => {
  const starts = new Float64Array(count[run] ?? 0);
  const ends = new Float64Array(count[run] ?? 0);
  let index = 0;
  for (let member = first[run] ?? 0; member < (end[run] ?? 0); member = tree.end[member] ?? tree.size) {
    starts[index] = startNs[member] ?? 0;
    ends[index] = (startNs[member] ?? 0) + (durationNs[member] ?? 0);
    index += 1;
  }
  return intervalsOf(starts, ends);
};
