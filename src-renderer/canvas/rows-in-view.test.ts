import { describe, expect, it } from 'vitest';
import { rowAt, rowsInView } from './rows-in-view.ts';

describe('rowsInView', () => {
  it('counts rows that are partly in view', () => expect(rowsInView(30, 100, 24, 1000)).toEqual({ first: 1, end: 6 }));
  it('adds overscan and stops at the ends', () => {
    expect(rowsInView(0, 100, 24, 1000, 10)).toEqual({ first: 0, end: 15 });
    expect(rowsInView(23_900, 100, 24, 1000, 10)).toEqual({ first: 985, end: 1000 });
  });
  it('is empty without rows, and beyond them', () => {
    expect(rowsInView(0, 100, 24, 0)).toEqual({ first: 0, end: 0 });
    expect(rowsInView(9000, 100, 24, 10)).toEqual({ first: 10, end: 10 });
  });
});

describe('rowAt', () => {
  it('finds the row', () => expect([rowAt(0, 24, 3), rowAt(23.9, 24, 3), rowAt(24, 24, 3)]).toEqual([0, 0, 1]));
  it('finds none outside', () => expect([rowAt(-1, 24, 3), rowAt(72, 24, 3)]).toEqual([undefined, undefined]));
});
