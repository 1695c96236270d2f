import { useState } from 'react';
import { readPreference, writePreference } from '#ui/base/preference.ts';

export const chartKinds = ['histogram', 'scatter', 'none'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** What stands over the list; remembered. */
export const useChartKind = (): [ChartKind, (kind: ChartKind) => void] => {
  const [kind, setKind] = useState<ChartKind>(() => chartKinds.find((one) => one === readPreference('traces.chart')) ?? 'histogram');
  return [
    kind,
    (next) => {
      setKind(next);
      writePreference('traces.chart', next);
    },
  ];
};
