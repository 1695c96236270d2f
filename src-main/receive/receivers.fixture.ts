import { onTestFinished } from 'vitest';
import { createByteBudget } from './byte-budget.ts';
import type { ExportOutcome, ExportRequest, Receiver, ReceiverOptions } from './interface.ts';
import type { Mistake } from './mistake.ts';
import { startReceiver } from './receiver.ts';

export const testPayloadLimit = 1024 * 1024;
export const testBudget = 16 * testPayloadLimit;

export interface Recording {
  requests: ExportRequest[];
  mistakes: Mistake[];
  options: ReceiverOptions;
  /** Throws where a byte of the budget has not been given back. */
  expectBudgetWhole: () => void;
}

export const accepted: ExportOutcome = { kind: 'accepted', rejected: 0, message: '' };

/** Options that remember what was ingested, answered with `outcome`, and what was reported. */
export function recording(outcome: ExportOutcome | (() => Promise<ExportOutcome>) = accepted): Recording {
  const requests: ExportRequest[] = [];
  const mistakes: Mistake[] = [];
  const budget = createByteBudget(testBudget);
  const ingest = (request: ExportRequest): Promise<ExportOutcome> => {
    requests.push(request);
    return typeof outcome === 'function' ? outcome() : Promise.resolve(outcome);
  };
  const expectBudgetWhole = (): void => {
    if (!budget.take(testBudget)) throw new Error('Some bytes of the budget were not given back.');
    budget.give(testBudget);
  };
  const onMistake = (mistake: Mistake): void => void mistakes.push(mistake);
  return { requests, mistakes, options: { port: 0, ingest, maxPayloadBytes: testPayloadLimit, budget, onMistake }, expectBudgetWhole };
}

export async function start(options: ReceiverOptions): Promise<Receiver> {
  const receiver = await startReceiver(options);
  onTestFinished(() => receiver.stop(0));
  return receiver;
}
