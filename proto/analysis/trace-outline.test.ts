import { describe, expect, it } from 'vitest';
import { drawTrace } from './draw-trace.fixture.ts';
import { randomTrace } from './random-trace.fixture.ts';
import { readTrace } from './trace.ts';
import { traceOutline } from './trace-outline.ts';

const outlineOf = (drawing: string, mostLines = 100): string[] => {
  const trace = readTrace(drawTrace(drawing));
  const { lines, hiddenTops } = traceOutline(trace, mostLines);
  const words = lines.map(
    ({ span, count, hidden }) => `${trace.name.at(span)}${count > 1 ? ` ×${count}` : ''}${hidden > 0 ? ` +${hidden}` : ''}`,
  );
  return hiddenTops > 0 ? [...words, `tops +${hiddenTops}`] : words;
};

const drawing = `
api GET / 0-100
  db SELECT 1-2
  db SELECT 3-4
  db SELECT 5-6
  db SELECT 7-8 error
  api render 10-90
    api part 11-20
    api part 21-30`;

describe('traceOutline', () => {
  it('gives each span a line, and alike leaves in a row one together, but for failed ones', () => {
    expect(outlineOf(drawing)).toEqual(['GET /', 'SELECT ×3', 'SELECT', 'render', 'part', 'part']);
  });

  it('prefers what failed and what is long, with all above it, and counts the rest where it belongs', () => {
    expect(outlineOf(drawing, 3)).toEqual(['GET / +3', 'SELECT', 'render +2']);
    expect(outlineOf(drawing, 1)).toEqual(['GET / +7']);
    expect(outlineOf('a b 0-10\na c 1-2', 1)).toEqual(['b', 'tops +1']);
  });

  it('never has more lines than asked for, counts every span once, and shows the way to each', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const trace = readTrace(randomTrace(seed, 60));
      const mostLines = 1 + (seed % 20);
      const { lines, hiddenTops } = traceOutline(trace, mostLines);
      expect(lines.length).toBeLessThanOrEqual(mostLines);
      expect(lines.reduce((sum, { count, hidden }) => sum + count + hidden, hiddenTops)).toBe(trace.tree.size);
      const shown = new Set([-1, ...lines.map(({ span }) => span)]);
      for (const { span } of lines) expect(shown.has(trace.tree.parent[span] ?? -1)).toBe(true);
    }
  });

  it('stands a chain of 100,000', () => {
    const trace = readTrace({
      ...randomTrace(1),
      ...Object.fromEntries(
        ['name', 'service', 'statusMessage', 'eventCount', 'logCount'].map((column) => [column, new Uint32Array(100_000)]),
      ),
      parent: Int32Array.from({ length: 100_000 }, (_, row) => row - 1),
      offsetNs: Float64Array.from({ length: 100_000 }, (_, row) => row),
      durationNs: new Float64Array(100_000).fill(10),
      spanIds: new Uint8Array(800_000),
      kind: new Int32Array(100_000),
      statusCode: new Int32Array(100_000).fill(2),
    });
    expect(traceOutline(trace, 200).lines).toHaveLength(200);
  });
});
