import { useState } from 'react';

export interface Chosen {
  /** In the order in which they were chosen. */
  traceIds: readonly string[];
  toggle: (traceId: string) => void;
  clear: () => void;
}

/** As many as can be compared. */
const most = 2;

/** The traces that are to be compared; one more takes the place of the last. */
export const useChosen = (): Chosen => {
  const [traceIds, setTraceIds] = useState<readonly string[]>([]);
  return {
    traceIds,
    toggle: (traceId) =>
      setTraceIds((before) =>
        before.includes(traceId) ? before.filter((other) => other !== traceId) : [...before.slice(0, most - 1), traceId],
      ),
    clear: () => setTraceIds([]),
  };
};
