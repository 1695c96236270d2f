import { expect, it } from 'vitest';
import { listStep } from './list-step.ts';

it.each([
  ['ArrowDown', 3, 4],
  ['ArrowDown', 9, 9],
  ['k', 0, 0],
  ['j', 0, 1],
  ['PageDown', 7, 9],
  ['PageUp', 7, 2],
  ['Home', 7, 0],
  ['End', 7, 9],
  ['x', 7, undefined],
  ['constructor', 7, undefined],
])('%s from row %i of 10 goes to %s', (key, from, to) => expect(listStep(key, from, 10, 5)).toBe(to));
