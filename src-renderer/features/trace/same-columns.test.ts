import { describe, expect, it } from 'vitest';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { keepIfSame } from './same-columns.ts';

const drawing = `
api GET / 0-120
  db SELECT 10-80 logs=1`;

describe('keepIfSame', () => {
  it('keeps what has not changed', () => {
    const before = drawTrace(drawing);
    expect(keepIfSame(before, drawTrace(drawing))).toBe(before);
  });
  it('takes what is new: a first one, another span, another log record, another name', () => {
    const first = drawTrace(drawing);
    expect(keepIfSame(undefined, first)).toBe(first);
    for (const changed of [
      `${drawing}\n  db SELECT 90-91`,
      drawing.replace('logs=1', 'logs=2'),
      drawing.replace('10-80', '10-81'),
      drawing.replace('SELECT', 'INSERT'),
    ]) {
      const after = drawTrace(changed);
      expect(keepIfSame(first, after)).toBe(after);
    }
    const pinned = { ...first, summary: { ...first.summary, pinned: true } };
    expect(keepIfSame(first, pinned)).toBe(pinned);
  });
});
