/** The row that a key goes to from `active` in a list of `count` rows; `undefined` for a key that goes nowhere. */
export const listStep = (key: string, active: number, count: number, pageRows: number): number | undefined => {
  const wanted = steps.get(key)?.(active, count, pageRows);
  return wanted === undefined ? undefined : Math.max(0, Math.min(count - 1, wanted));
};

const steps = new Map<string, (active: number, count: number, pageRows: number) => number>([
  ['ArrowDown', (active) => active + 1],
  ['j', (active) => active + 1],
  ['ArrowUp', (active) => active - 1],
  ['k', (active) => active - 1],
  ['PageDown', (active, _, pageRows) => active + pageRows],
  ['PageUp', (active, _, pageRows) => active - pageRows],
  ['Home', () => 0],
  ['End', (_, count) => count - 1],
]);
