import { carryWindow } from '#ui/model/carry-window.ts';
import type { TimeWindow } from '#proto/analysis/time-window';
import { isWhole, panBy, windowAround, zoomAbout } from '#ui/model/time-scale.ts';
import type { TimelineScope } from '#ui/model/timeline-scope.ts';
import type { Trace } from '#proto/analysis/trace';
import { nsAcross, nsAt } from './geometry.ts';

/** Where the pointer is: a place on the time axis and, over the rows, one of them. */
export interface Hover {
  xPx: number;
  row: number | undefined;
}

export interface TimelineView {
  readonly window: TimeWindow;
  readonly hover: Hover | undefined;
  /** Of the column that bars, axis and overview share. */
  readonly widthPx: number;
}

/**
 * What changes with every movement of pointer and wheel. It lives outside of React: canvases listen and redraw, and a component renders only where it subscribes
 * to something coarse, such as whether the view is zoomed.
 */
export class TimelineStore {
  #trace: Trace;
  /** All that can be shown: of the trace, or of the part of it that is looked at. */
  #bounds: TimeWindow;
  #rootId = '';
  #view: TimelineView;
  readonly #listeners = new Set<() => void>();

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#bounds = trace.bounds;
    this.#view = { window: trace.bounds, hover: undefined, widthPx: 0 };
  }

  get bounds(): TimeWindow {
    return this.#bounds;
  }

  get view(): TimelineView {
    return this.#view;
  }

  get isZoomed(): boolean {
    return !isWhole(this.#view.window, this.#bounds);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same trace with more spans or other clocks, on which the view stays on the moments that it shows, or another part of it, which is shown whole. */
  setTrace(trace: Trace, scope: TimelineScope): void {
    const rootId = trace.spanId.at(scope.root ?? -1);
    if (trace === this.#trace && rootId === this.#rootId && scope.bounds === this.#bounds) return;
    const before = { summary: this.#trace.summary, bounds: this.#bounds };
    const window =
      rootId === this.#rootId ? carryWindow(this.#view.window, before, { summary: trace.summary, bounds: scope.bounds }) : scope.bounds;
    this.#trace = trace;
    this.#bounds = scope.bounds;
    this.#rootId = rootId;
    this.#set({ window });
  }

  setWidth(widthPx: number): void {
    if (widthPx !== this.#view.widthPx) this.#set({ widthPx });
  }

  hover(hover: Hover | undefined): void {
    const before = this.#view.hover;
    if (before?.xPx !== hover?.xPx || before?.row !== hover?.row) this.#set({ hover });
  }

  show(window: TimeWindow): void {
    this.#set({ window });
  }

  showAll(): void {
    this.#set({ window: this.#bounds });
  }

  /** Shows a stretch of time with a little around it, or all where the stretch is all that there is. */
  showAround({ startNs, endNs }: TimeWindow): void {
    this.#set({ window: windowAround(startNs, endNs, this.#bounds) });
  }

  /** Zooms about a place on the screen; without one about the pointer, else the middle. `factor` below 1 zooms in. */
  zoom(factor: number, xPx = this.#view.hover?.xPx ?? this.#view.widthPx / 2): void {
    const { window, widthPx } = this.#view;
    this.#set({ window: zoomAbout(window, this.#bounds, nsAt(window, widthPx, xPx), factor) });
  }

  pan(byPx: number): void {
    const { window, widthPx } = this.#view;
    this.#set({ window: panBy(window, this.#bounds, nsAcross(window, widthPx, byPx)) });
  }

  #set(change: Partial<TimelineView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
