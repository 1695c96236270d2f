import { useNavigate } from '@tanstack/react-router';
import type { TraceOverview } from '#proto/bridge/trace-overview';
import { formatDuration } from '#proto/text/duration';
import { formatClockTime } from '#ui/base/time.ts';
import { inertText } from '#proto/text/inert-text';
import type { ArrivalChoice, ArrivalWindow } from '../range/arrival-choice.ts';
import type { ChartKind } from './chart-kind.ts';
import { barsOf, domainOf, durationScale } from './chart-scale.ts';
import { dotsOf, nearestDot } from './dots.ts';
import { HistogramBars } from './HistogramBars.tsx';
import { ScatterDots } from './ScatterDots.tsx';
import { type Mark, TimeChart } from './TimeChart.tsx';

interface OverviewProps {
  kind: Exclude<ChartKind, 'none'>;
  overview: TraceOverview | undefined;
  window: ArrivalWindow;
  onRange: (range: ArrivalChoice) => void;
}

const histogramPx = 64;
const scatterPx = 132;
/** Dots at the ends of the scale are seen whole. */
const marginPx = 6;

const noHistogram = { startTimeUnixNano: '0', bucketNano: '0', traceCounts: [], errorCounts: [] };

/** The traces of the search over the time of their arrival: how many, or how long each took. As high with nothing in it as with everything. */
export const Overview = ({ kind, overview, window, onRange }: OverviewProps) => {
  const navigate = useNavigate();
  const bars = barsOf(overview?.histogram ?? noHistogram);
  const domain = domainOf(window, bars);
  if (kind === 'histogram') {
    return (
      <TimeChart label="Traces by time of arrival" heightPx={histogramPx} bars={bars} domain={domain} onRange={onRange}>
        {(widthPx) => <HistogramBars bars={bars} domain={domain} widthPx={widthPx} heightPx={histogramPx} />}
      </TimeChart>
    );
  }
  const points = overview?.points ?? [];
  const scale = durationScale(points, marginPx, scatterPx - marginPx);
  const markAt = ({ px, py }: { px: number; py: number }, widthPx: number): Mark | undefined => {
    const dot = nearestDot(dotsOf(points, domain, scale, widthPx), px, py);
    if (dot === undefined) return undefined;
    const { traceId, rootService, rootName, durationNano, receivedTimeUnixNano, isError } = dot.point;
    return {
      px: dot.px,
      py: dot.py,
      text: `${inertText(rootService)} ${inertText(rootName)} · ${formatDuration(durationNano)}${isError ? ' · failed' : ''} · ${formatClockTime(receivedTimeUnixNano)}`,
      onOpen: () => void navigate({ to: '/traces/$traceId', params: { traceId } }),
    };
  };
  return (
    <TimeChart
      label="Traces by duration and time of arrival"
      heightPx={scatterPx}
      bars={bars}
      domain={domain}
      onRange={onRange}
      markAt={markAt}
    >
      {(widthPx) => <ScatterDots dots={dotsOf(points, domain, scale, widthPx)} scale={scale} widthPx={widthPx} heightPx={scatterPx} />}
    </TimeChart>
  );
};
