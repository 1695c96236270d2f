import { SpanKind } from '../model/span.ts';
import { formatCount, plural } from '../text/count.ts';
import { formatDuration } from '../text/duration.ts';
import type { TextColumn } from './text-column.ts';
import type { Trace } from './trace.ts';

/** What is known of one service's clock against that of a service that called it. */
export interface ServiceSkew {
  service: string;
  /** The service of the parents. */
  against: string;
  /** Median of what its spans would have to be moved by to lie within their parents as sent, in nanoseconds; positive where its clock is behind. */
  shiftNs: number;
  /** Spans that lie outside of their parents in the other service, and how many it has below that service altogether. */
  outside: number;
  calls: number;
  /** The first of those outside, in tree order. */
  span: number;
  /** All of the above in words. */
  sentence: string;
}

/** A guess, never applied unless it is asked for and labelled: times are shown as they were sent. */
export interface ClockSkew {
  /** Nanoseconds to add to the start of each span, in tree order. All zero where the clocks agree as far as can be seen. */
  readonly shiftNs: Float64Array;
  /** Those furthest apart first. */
  readonly services: readonly ServiceSkew[];
}

type Shape = Pick<Trace, 'tree' | 'startNs' | 'durationNs' | 'kind' | 'service' | 'isError'>;

/** Further apart than this, it is not the clocks of machines that work together: it is said, but nothing is moved. An hour. */
export const mostShiftNs = 3600e9;

/**
 * Where a span of another service lies outside its parent's time, by how much it, and all below it in that service, would have to be moved: the rule of Jaeger's adjuster
 * (jaegerquery/internal/adjuster/clockskew.go). A child that is longer than its parent is moved to the parent's start if it began earlier; a shorter one into the middle, as if the way there
 * took as long as the way back. Columns do not tell hosts apart, so services stand for them.
 *
 * Not moved, as its time outside has another explanation: a consumer of a message; what still ran when a caller gave up (the parent failed, the child began within it); and what ran on behind a
 * parent that did not wait, as long as most calls between the two services lie within their parents and none began before.
 */
export const clockSkew = (trace: Shape): ClockSkew => {
  const { tree, startNs, service } = trace;
  const calls = callsBetween(trace);
  const shiftNs = new Float64Array(tree.size);
  for (let span = 0; span < tree.size; span++) {
    const above = tree.parent[span] ?? -1;
    if (above < 0) continue;
    const aboveShiftNs = shiftNs[above] ?? 0;
    if (service.codes[span] === service.codes[above]) {
      shiftNs[span] = aboveShiftNs;
    } else if (aboveShiftNs !== 0 || calls.isSkewed(span, above)) {
      const neededNs = shiftIntoParent(trace, span, above, (startNs[above] ?? 0) + aboveShiftNs);
      if (Math.abs(neededNs) <= mostShiftNs) shiftNs[span] = neededNs;
    }
  }
  return { shiftNs, services: calls.skews() };
};

const callsBetween = (trace: Shape): Calls => {
  const { tree, startNs, service } = trace;
  const calls = new Calls(service);
  for (let span = 0; span < tree.size; span++) {
    const above = tree.parent[span] ?? -1;
    if (above < 0 || service.codes[span] === service.codes[above]) continue;
    calls.add(span, above, shiftIntoParent(trace, span, above, startNs[above] ?? 0));
  }
  return calls;
};

/** Zero where the child, as sent, lies within its parent at `parentStartNs`, or has a reason not to. */
const shiftIntoParent = ({ startNs, durationNs, kind, isError }: Shape, span: number, above: number, parentStartNs: number): number => {
  const start = startNs[span] ?? 0;
  const duration = Math.max(0, durationNs[span] ?? 0);
  const parentDuration = Math.max(0, durationNs[above] ?? 0);
  const beginsWithin = start >= parentStartNs && start <= parentStartNs + parentDuration;
  if (kind[span] === SpanKind.consumer || (beginsWithin && isError[above] === 1)) return 0;
  if (duration > parentDuration) return Math.max(0, parentStartNs - start);
  if (beginsWithin && start + duration <= parentStartNs + parentDuration) return 0;
  return parentStartNs + (parentDuration - duration) / 2 - start;
};

interface Pair {
  /** Codes. */
  service: number;
  against: number;
  calls: number;
  span: number;
  shiftsNs: number[];
  /** Whether one began before its parent: nothing but clocks explains that. */
  hasEarly: boolean;
}

/** The calls between each two services: at most as many pairs as spans. */
class Calls {
  readonly #service: TextColumn;
  readonly #pairs = new Map<number, Pair>();

  constructor(service: TextColumn) {
    this.#service = service;
  }

  add(span: number, above: number, shiftNs: number): void {
    const [service, against] = [this.#service.codes[span] ?? 0, this.#service.codes[above] ?? 0];
    const key = this.#keyOf(service, against);
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = { service, against, calls: 0, span, shiftsNs: [], hasEarly: false };
      this.#pairs.set(key, pair);
    }
    pair.calls += 1;
    if (shiftNs === 0) return;
    pair.hasEarly ||= shiftNs > 0;
    if (pair.shiftsNs.length === 0) pair.span = span;
    pair.shiftsNs.push(shiftNs);
  }

  /** Whether the clocks of the services of these two spans differ, as far as their calls tell. */
  isSkewed(span: number, above: number): boolean {
    const pair = this.#pairs.get(this.#keyOf(this.#service.codes[span] ?? 0, this.#service.codes[above] ?? 0));
    return pair !== undefined && isSkewed(pair);
  }

  skews(): ServiceSkew[] {
    const furthest = [...this.#pairs.values()]
      .filter(isSkewed)
      .map((pair) => ({ ...pair, shiftNs: medianOf(pair.shiftsNs) }))
      .toSorted((a, b) => Math.abs(b.shiftNs) - Math.abs(a.shiftNs) || a.span - b.span);
    // Calls in both directions tell the same.
    const said = new Set<number>();
    return furthest
      .filter(({ service, against }) => !said.has(this.#keyOf(against, service)) && said.add(this.#keyOf(service, against)))
      .map((pair) => this.#skewOf(pair));
  }

  #keyOf(service: number, against: number): number {
    return service * this.#service.strings.length + against;
  }

  #skewOf({ service, against, calls, span, shiftsNs, shiftNs }: Pair & { shiftNs: number }): ServiceSkew {
    const { strings } = this.#service;
    const skew = { service: strings[service] ?? '', against: strings[against] ?? '', calls, span, outside: shiftsNs.length, shiftNs };
    return { ...skew, sentence: sentenceOf(skew) };
  }
}

const isSkewed = ({ shiftsNs, calls, hasEarly }: Pair): boolean => hasEarly || (shiftsNs.length > 0 && shiftsNs.length * 2 >= calls);

const medianOf = (values: readonly number[]): number => Float64Array.from(values).toSorted()[Math.floor((values.length - 1) / 2)] ?? 0;

const sentenceOf = ({ service, against, shiftNs, outside, calls }: Omit<ServiceSkew, 'sentence'>): string => {
  const apart = `${formatDuration(Math.abs(shiftNs))} ${shiftNs > 0 ? 'behind' : 'ahead of'}`;
  const spans =
    calls === 1 ? 'its span lies outside its parent' : `${formatCount(outside)} of ${plural(calls, 'span')} lie outside their parents`;
  const limit = Math.abs(shiftNs) > mostShiftNs ? ', too far apart to be adjusted' : '';
  return `The clock of ${nameOf(service)} seems to be about ${apart} that of ${nameOf(against)}: ${spans}${limit}`;
};

const nameOf = (service: string): string => service || 'a service without a name';
