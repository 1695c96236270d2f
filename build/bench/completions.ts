import { CompletionsOf } from '#proto/bridge/completions';
import { openQuestions } from '#main/query/questions';
import type { Measurement } from './harness/bench.ts';
import { count } from './harness/figure.ts';
import { timeFigure, timeQuestions } from './questions/timing.ts';

/** What the query bar asks for with each letter: it has to be there before the next one. */
const asked: readonly { kind: string; input: Partial<CompletionsOf> }[] = [
  { kind: 'completion of a key', input: { prefix: 'h' } },
  { kind: 'completion of a value of which there are few', input: { key: 'http.request.method' } },
  { kind: 'completion of a value that each span has for itself', input: { key: 'order.id', prefix: '1' } },
  { kind: 'completion of a name', input: { field: 'name', prefix: 'g' } },
];

export const completionsMeasurement: Measurement = {
  name: 'completions',
  run: async (bench) => {
    const store = bench.spanStore(bench.sizes.manySpans);
    const questions = openQuestions(store.directory);
    try {
      const kinds = asked.map(({ kind }, index) => ({ kind, query: () => String(index) }));
      const ask = (index: string): number => {
        const input = CompletionsOf.parse({ subject: 'traces', ...asked[Number(index)]?.input });
        const { items, lookedAt } = questions.completions(input);
        if (items.length === 0 || lookedAt > 25_000)
          throw new Error(`${JSON.stringify(input)} gives ${items.length} of ${lookedAt} spans.`);
        return items.length;
      };
      // The first time the chunks are read, as the first letter does.
      for (const { query } of kinds) ask(query());
      return timeQuestions(kinds, bench.sizes.repetitions, ask).map((kind) =>
        timeFigure(kind, { within: `${count(store.records)} spans`, share: 0.95, atMostMs: 50 }),
      );
    } finally {
      questions.close();
    }
  },
};
