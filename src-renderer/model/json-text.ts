import { type AnyValue, maxValueDepth } from '#proto/model/any-value';

/** Longer text is shown as text: a tree of it would help nobody. */
const maxTreeLength = 200_000;

/**
 * The object or array that a text is the JSON of, so that a logger that writes JSON into its body is as readable as one that sends structure. Numbers
 * keep their digits as written. Undefined where the text is anything else.
 */
export const jsonValue = (text: string, maxLength = maxTreeLength): AnyValue | undefined => {
  if (text.length > maxLength || !/^\s*[[{]/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text, keepDigits);
    return toAnyValue(parsed, 0);
  } catch {
    return undefined;
  }
};

/** A number as it is written in the text. */
class NumberText {
  readonly digits: string;

  constructor(digits: string) {
    this.digits = digits;
  }
}

/** `context.source` is the text of a primitive (ECMAScript 2026, "JSON.parse source text access"). */
const keepDigits = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' ? new NumberText(context?.source ?? String(value)) : value;

const toAnyValue = (value: unknown, depth: number): AnyValue => {
  if (value === null || value === undefined) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (value instanceof NumberText) return { intValue: value.digits };
  if (depth >= maxValueDepth) throw new RangeError('Nested too deep to show as a tree');
  if (Array.isArray(value)) return { arrayValue: { values: value.map((item) => toAnyValue(item, depth + 1)) } };
  return { kvlistValue: { values: Object.entries(value).map(([key, item]) => ({ key, value: toAnyValue(item, depth + 1) })) } };
};
