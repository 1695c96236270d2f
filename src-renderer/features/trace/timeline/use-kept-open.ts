import { useState } from 'react';
import type { Trace } from '#proto/analysis/trace';
import { formedRuns } from '#ui/model/formed-runs.ts';
import type { SimilarRuns } from '#ui/model/similar-runs.ts';

export interface KeptOpen {
  /** A span of each run that stays open. */
  readonly ids: readonly string[];
  /** Folds one of them; says whether it was one. */
  release: (run: number) => boolean;
}

/** Runs that form while a person looks stay open until they are folded by hand: rows must not go from under the reader. A link shows them folded. */
export const useKeptOpen = (trace: Trace, runs: SimilarRuns): KeptOpen => {
  const [known, setKnown] = useState<{ trace: Trace; runs: SimilarRuns; ids: readonly string[] }>({ trace, runs, ids: [] });
  let { ids } = known;
  if (known.trace !== trace) {
    ids = [...new Set([...ids, ...formedRuns(known, { trace, runs })])];
    setKnown({ trace, runs, ids });
  }
  const release = (run: number): boolean => {
    const others = ids.filter((id) => runs.of[trace.spanId.indexOf(id) ?? -1] !== run);
    if (others.length === ids.length) return false;
    setKnown({ trace, runs, ids: others });
    return true;
  };
  return { ids, release };
};
