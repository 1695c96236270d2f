import { QueryError } from '#proto/bridge/query-error';
import type { Comparison, PatternField, Query, QueryTerm, TextPattern } from '#proto/model/query';
import { queryFields, type QueryField, type Subject } from '#proto/model/query-fields';
import { SpanKind } from '#proto/model/span';
import { readDuration } from './durations.ts';
import { fieldNamed } from './fields.ts';
import { readSeverity } from './severities.ts';
import { readRegex } from './regular-expressions.ts';
import { numberWithUnit } from './sizes.ts';
import type { Operator, TermToken, Value } from './tokenizer.ts';

/** A field, how it is compared and with what. */
interface Asked {
  field: QueryField;
  comparison: Comparison;
  value: Value;
  /** What to write for an attribute of the field's name; empty where it was plainly the field that was meant. */
  otherwise: string;
}

type ComparisonToken = Extract<TermToken, { kind: 'comparison' }>;

/** What a text index can know a word by. */
const letterOrDigit = /[\p{L}\p{N}]/u;

/** What a term asks of a span or of a log record. Throws `QueryError` where it makes no sense. */
export function readTerm(token: TermToken, subject: Subject): Query {
  if (token.kind === 'words') return readWords(token);
  const field = token.key.quoted ? undefined : fieldNamed(token.key.text);
  if (field !== undefined) return readField(token, field, subject);
  if (token.operator === ':') throw unknownField(token, subject);
  return readAttribute(token, token.operator);
}

function readWords({ words, prefix, start }: Extract<TermToken, { kind: 'words' }>): QueryTerm {
  if (!letterOrDigit.test(words)) throw new QueryError('A word to look for needs a letter or a digit.', start);
  return { kind: 'text', text: words, prefix };
}

function readAttribute(token: ComparisonToken, operator: Exclude<Operator, ':'>): Query {
  const { key, value, start } = token;
  const { text, quoted } = key;
  if (text === '' && !quoted) {
    if (operator === '~') return { kind: 'like', field: 'any', pattern: readRegex(value) };
    throw new QueryError(
      `The key before ${operator} is missing, as in http.route=/orders. To look for it as text, put it in quotes.`,
      start,
    );
  }
  if (value.text === '' && !value.quoted) {
    const empty = operator === '~' || operator === '!~' ? '' : ` For the empty value write "${text}"${operator}"".`;
    throw new QueryError(`The value after ${operator} is missing.${empty}`, value.start);
  }
  if (operator === '~' || operator === '!~') return likeAttribute(text, readPattern(token), operator === '!~');
  if (operator === '=' || operator === '!=') return equalAttribute(token, operator);
  const number = numberWithUnit(value);
  if (typeof number !== 'string')
    throw new QueryError(
      `Only a number can be compared with ${operator}, as in http.response.status_code>=500. ${number.hint}`,
      value.start,
    );
  return { kind: 'attribute', key: text, comparison: operator, value: number };
}

function equalAttribute({ key, operatorStart, value }: ComparisonToken, comparison: '=' | '!='): Query {
  const { text } = key;
  if (value.raw.startsWith('~"'))
    throw new QueryError(`A regular expression is asked for with ~ alone: ${text}${comparison === '=' ? '' : '!'}~"…".`, operatorStart);
  if (value.parts.length === 1) return { kind: 'attribute', key: text, comparison, value: value.text };
  if (value.parts.every((part) => part === '')) return equal(comparison, { kind: 'exists', key: text });
  return likeAttribute(text, { kind: 'wildcard', parts: value.parts }, comparison === '!=');
}

/** Not to fit is asked of what is there, as `!=` is. */
function likeAttribute(key: string, pattern: TextPattern, turned: boolean): Query {
  const like: QueryTerm = { kind: 'attributeLike', key, pattern };
  return turned
    ? {
        kind: 'and',
        of: [
          { kind: 'exists', key },
          { kind: 'not', query: like },
        ],
      }
    : like;
}

function readPattern({ key, operator, operatorStart, value }: ComparisonToken): TextPattern {
  if (!value.quoted && value.text.startsWith('='))
    throw new QueryError(`A regular expression is asked for with ~ alone, as in ${key.raw}${operator}"…".`, operatorStart);
  return readRegex(value);
}

function unknownField({ key, start }: ComparisonToken, subject: Subject): QueryError {
  const known = queryFields.filter(({ subjects }) => subjects.includes(subject)).map(({ name }) => `${name}:`);
  return new QueryError(
    `There is no ${key.text.toLowerCase()}: to search by. There are ${known.join(', ')} and key=value. To look for it as text, put it in quotes.`,
    start,
  );
}

function readField(token: ComparisonToken, field: QueryField, subject: Subject): Query {
  const { operator, operatorStart, value, start } = token;
  const { name } = field;
  const otherwise = operator === ':' ? '' : ` For an attribute of that name write "${name}"${operator}…`;
  if (!field.subjects.includes(subject)) {
    const sentence = subject === 'logs' ? `Log records have no ${name}; it is for traces.` : `Spans have no ${name}; it is for logs.`;
    throw new QueryError(sentence + otherwise, start);
  }
  if (isTextField(name)) return askText(token, field, name, otherwise);
  const comparison = operator === ':' ? '=' : operator;
  if (comparison === '~' || comparison === '!~' || !field.comparisons.includes(comparison))
    throw new QueryError(`A ${name} can be asked for with ${comparisonsOf(field)}, as in ${field.example}.${otherwise}`, operatorStart);
  return askField({ field, comparison, value, otherwise });
}

function comparisonsOf({ comparisons }: QueryField): string {
  const signs = [':', ...comparisons];
  return comparisons.includes('>') ? `${signs.slice(0, -1).join(', ')} and ${signs.at(-1)}` : ': or = and !=';
}

const isTextField = (name: QueryField['name']): name is Exclude<PatternField, 'any'> =>
  name === 'service' || name === 'name' || name === 'body';

function askText(token: ComparisonToken, field: QueryField, name: Exclude<PatternField, 'any'>, otherwise: string): Query {
  const { operator, operatorStart, value } = token;
  if (value.text === '' && !value.quoted)
    throw new QueryError(`The ${name} after ${name}${operator} is missing, as in ${field.example}.`, value.start);
  switch (operator) {
    case '~':
    case '!~':
      return equal(operator === '~' ? '=' : '!=', { kind: 'like', field: name, pattern: readPattern(token) });
    case ':':
    case '=':
    case '!=':
      if (value.raw.startsWith('~"'))
        throw new QueryError(`A regular expression is asked for with ~ alone, as in ${name}~"…".`, operatorStart);
      return equal(operator === '!=' ? '!=' : '=', textTerm(name, value));
    default:
      throw new QueryError(`A ${name} can be asked for with : or =, !=, ~ and !~, as in ${field.example}.${otherwise}`, operatorStart);
  }
}

function textTerm(field: Exclude<PatternField, 'any'>, { text, parts }: Value): QueryTerm {
  return parts.length === 1 && field !== 'body'
    ? { kind: field, name: text }
    : { kind: 'like', field, pattern: { kind: 'wildcard', parts } };
}

function askField(asked: Asked): Query {
  const { field, comparison, value } = asked;
  switch (field.name) {
    case 'status':
      return equal(comparison, { kind: 'status', status: readStatus(asked) });
    case 'kind':
      return equal(comparison, { kind: 'spanKind', spanKind: readKind(asked) });
    case 'duration': {
      const ns = readDuration(value.text);
      if (ns !== undefined) return { kind: 'duration', comparison, ns };
      throw wrongValue(asked, 'A duration is a number of h, m, s, ms, us or ns, exact to the nanosecond, as in 1.5s.');
    }
    case 'severity': {
      const severity = readSeverity(comparison, value.text);
      if (severity !== undefined) return severity;
      throw wrongValue(asked, `A severity is ${field.values.join(', ')} or its number.`);
    }
    case 'service':
    case 'name':
    case 'body':
      throw new Error('Fields of text are read as such.');
  }
}

/** Every span has just one name, service, status and kind, so not to have this one is to have another. */
const equal = (comparison: Comparison, query: QueryTerm): Query => (comparison === '!=' ? { kind: 'not', query } : query);

function readStatus(asked: Asked): 'error' | 'ok' | 'unset' {
  const value = asked.value.text.toLowerCase();
  if (value === 'error' || value === 'ok' || value === 'unset') return value;
  throw wrongValue(asked, `A status is ${asked.field.values.join(', ')}.`);
}

const spanKinds = new Map<string, number>(Object.entries(SpanKind));

function readKind(asked: Asked): number {
  const value = asked.value.text.toLowerCase();
  const kind = /^\d{1,9}$/u.test(value) ? Number(value) : spanKinds.get(value);
  if (kind !== undefined) return kind;
  throw wrongValue(asked, `A kind is ${asked.field.values.join(', ')} or its number.`);
}

const wrongValue = ({ value, otherwise }: Asked, sentence: string): QueryError => new QueryError(sentence + otherwise, value.start);
