import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { queryProblem } from './query-problem.ts';

describe('queryProblem', () => {
  it('reads what the contract sends', () => {
    expect(queryProblem(new ORPCError('BAD_QUERY', { data: { position: 4, message: 'A value is missing.' } }))).toEqual({ position: 4, message: 'A value is missing.' });
  });
  it.each([[undefined], [new Error('BAD_QUERY')], [new ORPCError('UNAVAILABLE')], [new ORPCError('BAD_QUERY', { data: 'x' })]])('is nothing for %s', (error) => {
    expect(queryProblem(error)).toBeUndefined();
  });
});
