import { formatDuration } from '#proto/text/duration';
import { serviceColour } from '#ui/model/service-colour.ts';
import type { Scene } from './scene.ts';

/** What is written beside a bar, measured, and the bar's colour as CSS. */
export interface RowLook {
  readonly label: string;
  readonly labelPx: number;
  /** Behind the label, fainter; empty where it would say the same. */
  readonly aside: string;
  readonly asidePx: number;
  readonly fill: string;
}

/** Beyond what fits on any screen many times over. */
const mostRemembered = 4096;

/** Writing and measuring a number takes longer than drawing a bar, so the looks of rows are made once: only rows that come into view are new in a frame. */
export class RowLooks {
  readonly #looks = new Map<number, RowLook>();
  #of: Pick<Scene, 'trace' | 'selfNs' | 'rows'> | undefined;

  /** `context` has the font that the labels are drawn with. */
  get(context: CanvasRenderingContext2D, scene: Scene, row: number): RowLook {
    if (this.#of?.trace !== scene.trace || this.#of.rows !== scene.rows || this.#looks.size > mostRemembered) this.#looks.clear();
    this.#of = scene;
    let look = this.#looks.get(row);
    if (look === undefined) this.#looks.set(row, (look = lookOf(context, scene, row)));
    return look;
  }

  /** After another font has come. */
  forget(): void {
    this.#looks.clear();
  }
}

const lookOf = (context: CanvasRenderingContext2D, { trace, rows, runs, selfNs }: Scene, row: number): RowLook => {
  const span = rows.spans[row] ?? 0;
  const run = rows.runs[row] ?? -1;
  const durationNs = trace.durationNs[span] ?? 0;
  const ownNs = selfNs[span] ?? 0;
  const totalNs = runs.totalNs[run] ?? 0;
  const label = formatDuration(run < 0 ? durationNs : totalNs);
  const aside =
    run >= 0 ? `${formatDuration(totalNs / (runs.count[run] ?? 1))} each` : ownNs < durationNs ? `${formatDuration(ownNs)} self` : '';
  return {
    label,
    labelPx: context.measureText(label).width,
    aside,
    asidePx: aside === '' ? 0 : context.measureText(aside).width,
    fill: serviceColour(trace.service.at(span)).fill,
  };
};
