/** A stretch of a trace's time, in nanoseconds from its start. `startNs < endNs`. */
export interface TimeWindow {
  readonly startNs: number;
  readonly endNs: number;
}
