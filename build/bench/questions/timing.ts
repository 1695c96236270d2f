import type { Figure } from '../harness/figure.ts';
import { median, quantile } from '../harness/statistics.ts';
import type { Question } from './trace-questions.ts';

/** Asks each kind `repetitions` times, taking turns. */
export function timeQuestions(questions: readonly Question[], repetitions: number, ask: (query: string) => number): Timed[] {
  const timed = questions.map(({ kind }) => ({ kind, milliseconds: [] as number[], found: [] as number[] }));
  for (let turn = 0; turn < repetitions; turn++) {
    questions.forEach(({ query }, index) => {
      const started = performance.now();
      const found = ask(query(turn));
      timed[index]?.milliseconds.push(performance.now() - started);
      timed[index]?.found.push(found);
    });
  }
  return timed;
}

export interface Timed {
  kind: string;
  milliseconds: number[];
  /** How many each turn found. */
  found: number[];
}

export function timeFigure(
  { kind, milliseconds, found }: Timed,
  { within, share, atMostMs }: { within: string; share: number; atMostMs: number },
): Figure {
  const [p50, p95, longest] = [median(milliseconds), quantile(milliseconds, 0.95), quantile(milliseconds, 1)];
  return {
    what: `${kind}, ${within}, ${share === 0.5 ? 'median' : 'p95'}`,
    measured: quantile(milliseconds, share),
    unit: 'ms',
    target: { atMost: atMostMs },
    from: `median ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, longest ${longest.toFixed(1)} ms; finds ${median(found)}`,
  };
}
