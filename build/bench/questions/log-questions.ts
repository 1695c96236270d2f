import { recordsPerExport, orderWord } from '../workload/log-workload.ts';
import type { Question } from './trace-questions.ts';

export function logQuestions(exports: number): readonly Question[] {
  const row = (turn: number): number => Math.trunc(exports * recordsPerExport * (((turn + 1) * 0.37) % 1));
  const user = (turn: number): string => String(turn * 61).padStart(5, '0');
  return [
    { kind: 'common word', query: (turn) => ['stock', 'declined', 'invoice', 'printer'][turn % 4] ?? '' },
    { kind: 'rare word', query: (turn) => user(turn) },
    { kind: 'word of one record', query: (turn) => orderWord(row(turn)) },
    { kind: 'word that none has', query: (turn) => `nowhere${turn}` },
    { kind: 'two words', query: (turn) => `declined ${user(turn)}` },
    { kind: 'phrase', query: (turn) => `"user ${user(turn)}"` },
    { kind: 'common phrase', query: () => '"payment declined by the bank"' },
    { kind: 'prefix', query: (turn) => `${['inven', 'decl', 'ship', 'print'][turn % 4]}*` },
    { kind: 'rare prefix', query: (turn) => `${orderWord(row(turn)).slice(0, 6)}*` },
    { kind: 'phrase with prefix', query: (turn) => `"order ${orderWord(row(turn)).slice(0, 7)}"*` },
    { kind: 'service and word', query: (turn) => `service:service-${turn % 10} printer` },
  ];
}
