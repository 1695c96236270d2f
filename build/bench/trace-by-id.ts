import { openQuestions } from '#main/query/questions';
import type { Measurement } from './harness/bench.ts';
import { count } from './harness/figure.ts';
import { median, quantile } from './harness/statistics.ts';
import { hash } from './workload/hash.ts';
import { fullExports, tracesPerRound } from './workload/span-shape.ts';
import { SpanWorkload, traceIdOf } from './workload/span-workload.ts';

/** All spans of a trace, every field, by its id; a different trace each time, from anywhere in the store. */
export const traceById: Measurement = {
  name: 'trace-by-id',
  async run(bench) {
    const { directory, exports, records } = bench.spanStore(bench.sizes.manySpans);
    const questions = openQuestions(directory);
    const wholeRounds = Math.trunc(exports / fullExports.services);
    const milliseconds: number[] = [];
    for (let turn = 0; turn < bench.sizes.repetitions * 5; turn++) {
      const traceNumber = hash(turn, 201) % (wholeRounds * tracesPerRound(fullExports));
      const started = performance.now();
      const found = questions.traceSpans({ traceId: traceIdOf(traceNumber), limit: 1000 })?.spans.length;
      milliseconds.push(performance.now() - started);
      const expected = spansOf(traceNumber);
      if (found !== expected) throw new Error(`Trace ${traceIdOf(traceNumber)} has ${found} spans; ${expected} were sent.`);
    }
    questions.close();
    const [p50, longest] = [median(milliseconds), quantile(milliseconds, 1)];
    return [
      {
        what: `a trace by id, all fields, ${count(records)} spans, p95`,
        measured: quantile(milliseconds, 0.95),
        unit: 'ms',
        target: { atMost: 30 },
        from: `median ${p50.toFixed(1)}, longest ${longest.toFixed(1)} ms, ${milliseconds.length} traces`,
      },
    ];
  },
};

const workload = new SpanWorkload();

/** How many spans of a trace were sent, in the round of exports that it began in. */
function spansOf(traceNumber: number): number {
  const round = Math.trunc(traceNumber / tracesPerRound(fullExports));
  let spans = 0;
  for (let service = 0; service < fullExports.services; service++) {
    for (let index = 0; index < fullExports.spansPerExport; index++) {
      if (workload.placeOf(round * fullExports.services + service, index).traceNumber === traceNumber) spans++;
    }
  }
  return spans;
}
