import { maxValueDepth, type AnyValue, type DoubleValue } from '#proto/model/any-value';
import type { Issues } from './issues.ts';

/** Numbers that JSON has none for become the names that OTLP/JSON gives them. */
export function doubleValue(value: number): DoubleValue {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  return Object.is(value, -0) ? '-0' : value;
}

/** What stands for an array or map below `maxValueDepth`. */
export function tooDeepNote(issues: Issues): AnyValue {
  issues.warn('value', `nested deeper than ${maxValueDepth} levels, replaced by a note from there on`);
  return { stringValue: `[nested deeper than ${maxValueDepth} levels: not kept]` };
}

export function warnOfRepairedText(issues: Issues): void {
  issues.warn('string', 'with invalid UTF-8, repaired with U+FFFD');
}

/** AnyValue.string_value_strindex and KeyValue.key_strindex: on these signals to be treated as absent (common.proto). */
export function warnOfStringIndex(issues: Issues): void {
  issues.warn('string reference', 'ignored: only profiles have a string table');
}
