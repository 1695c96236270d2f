import { QueryError } from '#proto/bridge/query-error';
import type { Comparison, Query, QueryTerm } from '#proto/model/query';
import { readRegex, wholeRegex } from '../regular-expressions.ts';
import type { SelectorToken } from '../selector-tokens.ts';
import { readSeverity } from '../severities.ts';

/** A label, how it is compared, and with what. */
export interface LabelMatch {
  label: string;
  operator: Comparison | '=~' | '!~';
  operatorStart: number;
  value: Extract<SelectorToken, { kind: 'text' | 'number' }>;
}

const services: ReadonlySet<string> = new Set(['service', 'service_name']);
const severities: ReadonlySet<string> = new Set(['level', 'detected_level', 'severity', 'severity_text']);

/** A match of a label as a query. To be another one is, in LogQL, also to be missing. */
export function readLabel(match: LabelMatch): Query {
  const { operator } = match;
  if (operator === '!=') return { kind: 'not', query: readLabel({ ...match, operator: '=' }) };
  if (operator === '!~') return { kind: 'not', query: readLabel({ ...match, operator: '=~' }) };
  if (services.has(match.label)) return ofService(match);
  return severities.has(match.label) ? ofSeverity(match) : ofAttribute(match);
}

function ofService({ operator, operatorStart, value }: LabelMatch): Query {
  if (value.kind !== 'text') throw new QueryError('A service has to be in quotes here.', value.start);
  if (operator === '=') return { kind: 'service', name: value.value.text };
  if (operator === '=~') return { kind: 'like', field: 'service', pattern: wholeRegex(readRegex(value.value)) };
  throw new QueryError('A service can be compared with =, !=, =~ and !~.', operatorStart);
}

/** By names, of which a regular expression may give several: `error|warn`. */
function ofSeverity({ operator, operatorStart, value }: LabelMatch): Query {
  if (operator !== '=' && operator !== '=~') throw new QueryError('A level can be compared with =, !=, =~ and !~.', operatorStart);
  const names = value.kind === 'text' ? value.value.text.replace(/^\(\?i\)/u, '').split(operator === '=~' ? '|' : /$^/u) : [];
  const of = names.flatMap((name) => readSeverity('=', shortName(name)) ?? []);
  if (of.length === 0 || of.length < names.length)
    throw new QueryError('A level is trace, debug, info, warn, error or fatal in quotes, or several as in =~ "warn|error".', value.start);
  return anyOf(of);
}

/** Names of levels that others use. */
const shortNames = new Map([
  ['warning', 'warn'],
  ['critical', 'fatal'],
  ['information', 'info'],
]);
const shortName = (name: string): string => shortNames.get(name.toLowerCase()) ?? name;

function ofAttribute({ label, operator, operatorStart, value }: LabelMatch): Query {
  return anyOf(
    keysOf(label).map((key): Query => {
      if (operator === '=~') {
        if (value.kind !== 'text') throw new QueryError('A regular expression has to be in quotes here.', value.start);
        return { kind: 'attributeLike', key, pattern: wholeRegex(readRegex(value.value)) };
      }
      const text = value.kind === 'text' ? value.value.text : value.text;
      if (operator === '=' && text === '') return { kind: 'not', query: { kind: 'exists', key } };
      if (operator !== '=' && (value.kind === 'text' || !/^-?\d+(?:\.\d+)?$/u.test(text)))
        throw new QueryError(
          `Only a number without a unit can be compared with ${operator}.`,
          value.kind === 'text' ? operatorStart : value.start,
        );
      return { kind: 'attribute', key, comparison: operator as Comparison, value: text } satisfies QueryTerm;
    }),
  );
}

/** More underscores than these are taken for what they are, or all for dots. */
const mostGuessed = 3;

/** Loki writes an underscore for each dot of a key, so that `http_status_code` may have been `http.status_code` or `http.status.code`. */
function keysOf(label: string): string[] {
  const parts = label.split('_');
  if (parts.length - 1 > mostGuessed) return [label, parts.join('.')];
  const [first = '', ...rest] = parts;
  return rest.reduce((keys, part) => keys.flatMap((key) => [`${key}_${part}`, `${key}.${part}`]), [first]);
}

function anyOf(of: readonly Query[]): Query {
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind: 'or', of };
}
