import { openQuestions } from '#main/query/questions';
import type { Measurement } from './harness/bench.ts';
import { count } from './harness/figure.ts';
import { checkLogsAgainstAll } from './questions/check-logs.ts';
import { logQuestions } from './questions/log-questions.ts';
import { timeFigure, timeQuestions } from './questions/timing.ts';

const limit = 100;

/** Words, phrases and prefixes in the bodies of log records, newest first; compared with brute force first. */
export const logSearch: Measurement = {
  name: 'log-search',
  async run(bench) {
    const { sizes } = bench;
    const store = bench.logStore(sizes.logs);
    const questions = openQuestions(store.directory);
    try {
      const kinds = logQuestions(store.exports);
      checkLogsAgainstAll(questions, store, kinds, limit);
      const ask = (query: string): number => questions.searchLogs({ query, limit, minSeverity: 0, order: 'newest' }).items.length;
      return timeQuestions(kinds, sizes.repetitions, ask).map((kind) =>
        timeFigure(kind, { within: `${count(store.records)} logs`, share: 0.95, atMostMs: 50 }),
      );
    } finally {
      questions.close();
    }
  },
};
