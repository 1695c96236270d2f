import { onTestFinished } from 'vitest';
import { createByteBudget } from './byte-budget.ts';
import { startGrpcReceiver } from './grpc-receiver.ts';
import { startHttpReceiver } from './http-receiver.ts';
import type { ExportOutcome, ExportRequest, Receiver, ReceiverOptions } from './interface.ts';

export const testPayloadLimit = 1024 * 1024;
export const testBudget = 8 * testPayloadLimit;

export interface Recording {
  requests: ExportRequest[];
  options: ReceiverOptions;
  /** Throws where a byte of the budget has not been given back. */
  expectBudgetWhole: () => void;
}

export const accepted: ExportOutcome = { kind: 'accepted', rejected: 0, message: '' };

/** Options whose `ingest` remembers what it was given and answers `outcome`. */
export function recording(outcome: ExportOutcome | (() => Promise<ExportOutcome>) = accepted): Recording {
  const requests: ExportRequest[] = [];
  const budget = createByteBudget(testBudget);
  const ingest = (request: ExportRequest): Promise<ExportOutcome> => {
    requests.push(request);
    return typeof outcome === 'function' ? outcome() : Promise.resolve(outcome);
  };
  const expectBudgetWhole = (): void => {
    if (!budget.take(testBudget)) throw new Error('Some bytes of the budget were not given back.');
    budget.give(testBudget);
  };
  return { requests, options: { port: 0, ingest, maxPayloadBytes: testPayloadLimit, budget }, expectBudgetWhole };
}

export const startGrpc = (options: ReceiverOptions): Promise<Receiver> => startUntilTestEnds(startGrpcReceiver(options));
export const startHttp = (options: ReceiverOptions): Promise<Receiver> => startUntilTestEnds(startHttpReceiver(options));

async function startUntilTestEnds(starting: Promise<Receiver>): Promise<Receiver> {
  const receiver = await starting;
  onTestFinished(() => receiver.stop(0));
  return receiver;
}
