import type { Comparison, Query } from '#proto/model/query';
import { severityRanges } from '#proto/model/log';

/** Numbers in a range of severities: `ERROR` to `ERROR4`. */
const rangeSize = 4;
const lastOf = (from: number): number => from + rangeSize - 1;

const severity = (comparison: Comparison, number: number): Query => ({ kind: 'severity', comparison, severity: number });

/**
 * `error` stands for its whole range of numbers: `=` for any of them, `>=` from its lowest, `>` beyond its highest. `ERROR2` and `18` are one number. `undefined` where
 * `value` is none of these.
 */
export function readSeverity(comparison: Comparison, value: string): Query | undefined {
  if (/^\d{1,9}$/u.test(value)) return severity(comparison, Number(value));
  const [, name, place] = /^([a-z]+)([2-4])?$/iu.exec(value) ?? [];
  const range = severityRanges.find((known) => known.name === name?.toUpperCase());
  if (range === undefined) return undefined;
  if (place !== undefined) return severity(comparison, range.from + Number(place) - 1);
  switch (comparison) {
    case '=':
      return rangeOf(range.from);
    case '!=':
      return { kind: 'not', query: rangeOf(range.from) };
    case '>':
    case '<=':
      return severity(comparison, lastOf(range.from));
    case '>=':
    case '<':
      return severity(comparison, range.from);
  }
}

const rangeOf = (from: number): Query => ({ kind: 'and', of: [severity('>=', from), severity('<=', lastOf(from))] });

/** The name of the range that `query` asks for as a whole. */
export function namedRange(query: Query): string | undefined {
  if (query.kind !== 'and' || query.of.length !== 2) return undefined;
  const [low, high] = query.of;
  if (low?.kind !== 'severity' || low.comparison !== '>=' || high?.kind !== 'severity' || high.comparison !== '<=') return undefined;
  return severityRanges.find(({ from }) => from === low.severity && lastOf(from) === high.severity)?.name.toLowerCase();
}

/** The number, or the name of the range that begins or ends at it, where `comparison` reads the name so. */
export function writeSeverity(comparison: Comparison, number: number): string {
  if (comparison === '=' || comparison === '!=') return String(number);
  const edge = comparison === '>' || comparison === '<=' ? lastOf : (from: number): number => from;
  return severityRanges.find(({ from }) => edge(from) === number)?.name.toLowerCase() ?? String(number);
}
