/**
 * The structure of a trace from before where nothing has changed, so that nothing is computed or drawn anew. Compares column by column: a general deep comparison of a hundred
 * thousand spans takes as long as drawing them.
 */
export const keepIfSame = (before: unknown, after: unknown): unknown => (isSameStructure(before, after) ? before : after);

const isSameStructure = (before: unknown, after: unknown): boolean =>
  isRecord(before) && isRecord(after) && Object.keys(after).every((name) => isSameColumn(before[name], after[name]));

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The summary is no column, and small. */
const isSameColumn = (before: unknown, after: unknown): boolean => {
  if (!Array.isArray(before) || !Array.isArray(after)) return JSON.stringify(before) === JSON.stringify(after);
  return before.length === after.length && before.every((value, row) => value === after[row]);
};
