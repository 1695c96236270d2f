import { openQuestions } from '#main/query/questions';
import type { Bench, Measurement } from './harness/bench.ts';
import { count, type Figure } from './harness/figure.ts';
import { type BuiltStore } from './harness/stores.ts';
import { checkFoundTraces, checkTracesAgainstAll } from './questions/check-traces.ts';
import { timeFigure, timeQuestions } from './questions/timing.ts';
import { traceQuestions } from './questions/trace-questions.ts';

/** Traces on a page. */
const limit = 50;

/** Each kind of query over traces. At the smaller size answers are compared with brute force over all spans; at the larger one each trace that was found is. */
export const search: Measurement = {
  name: 'search',
  run: async (bench) => [
    ...searchIn(bench, bench.spanStore(bench.sizes.spans), { check: checkTracesAgainstAll, share: 0.95 }),
    ...searchIn(bench, bench.spanStore(bench.sizes.manySpans), { check: checkFoundTraces, share: 0.5 }),
  ],
};

function searchIn({ sizes }: Bench, store: BuiltStore, { check, share }: { check: typeof checkFoundTraces; share: number }): Figure[] {
  const questions = openQuestions(store.directory);
  try {
    const kinds = traceQuestions(store.exports);
    check(questions, store, kinds, limit);
    const timed = timeQuestions(kinds, sizes.repetitions, (query) => questions.searchTraces({ query, limit }).items.length);
    return timed.map((kind) => timeFigure(kind, { within: `${count(store.records)} spans`, share, atMostMs: 50 }));
  } finally {
    questions.close();
  }
}
