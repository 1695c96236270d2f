import { QueryError } from '#proto/bridge/query-error';
import type { Comparison, Query, QueryTerm } from '#proto/model/query';
import { queryFields, type QueryField, type Subject } from '#proto/model/query-fields';
import { SpanKind } from '#proto/model/span';
import { readDuration } from './durations.ts';
import { fieldNamed } from './fields.ts';
import { numberOf } from './numbers.ts';
import { readSeverity } from './severities.ts';
import type { Piece, TermToken } from './tokenizer.ts';

/** A field, how it is compared and with what. */
interface Asked {
  field: QueryField;
  comparison: Comparison;
  value: Piece;
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

function readAttribute({ key, operator, operatorStart, value, start }: ComparisonToken, comparison: Comparison): Query {
  const { text, quoted } = key;
  if (text === '' && !quoted)
    throw new QueryError(
      `The key before ${operator} is missing, as in http.route=/orders. To look for it as text, put it in quotes.`,
      start,
    );
  if (!quoted && text.endsWith('~')) {
    throw new QueryError('Attributes can be compared with =, !=, >, >=, < and <=, as in http.route=/orders.', operatorStart - 1);
  }
  if (value.text === '' && !value.quoted) {
    throw new QueryError(`The value after ${operator} is missing. For the empty value write "${text}"${operator}"".`, value.start);
  }
  if (comparison === '=' || comparison === '!=') {
    const query: QueryTerm =
      value.text === '*' && !value.quoted ? { kind: 'exists', key: text } : { kind: 'attribute', key: text, comparison, value: value.text };
    return query.kind === 'exists' && comparison === '!=' ? { kind: 'not', query } : query;
  }
  if (numberOf(value.text) === undefined) {
    throw new QueryError(
      `Only a number without a unit can be compared with ${operator}, as in http.response.status_code>=500.`,
      value.start,
    );
  }
  return { kind: 'attribute', key: text, comparison, value: value.text };
}

function unknownField({ key, start }: ComparisonToken, subject: Subject): QueryError {
  const known = queryFields.filter(({ subjects }) => subjects.includes(subject)).map(({ name }) => `${name}:`);
  return new QueryError(
    `There is no ${key.text.toLowerCase()}: to search by. There are ${known.join(', ')} and key=value. To look for it as text, put it in quotes.`,
    start,
  );
}

function readField({ operator, operatorStart, value, start }: ComparisonToken, field: QueryField, subject: Subject): Query {
  const { name } = field;
  const comparison = operator === ':' ? '=' : operator;
  const otherwise = operator === ':' ? '' : ` For an attribute of that name write "${name}"${operator}…`;
  if (!field.subjects.includes(subject)) {
    const sentence = subject === 'logs' ? `Log records have no ${name}; it is for traces.` : `Spans have no ${name}; it is for logs.`;
    throw new QueryError(sentence + otherwise, start);
  }
  if (!field.comparisons.includes(comparison)) {
    throw new QueryError(`A ${name} can be asked for with : or = and !=, as in ${field.example}.${otherwise}`, operatorStart);
  }
  return askField({ field, comparison, value, otherwise });
}

function askField(asked: Asked): Query {
  const { field, comparison, value } = asked;
  switch (field.name) {
    case 'service':
    case 'name':
      if (value.text === '' && !value.quoted)
        throw new QueryError(`The ${field.name} after ${field.name}: is missing, as in ${field.example}.`, value.start);
      return equal(comparison, { kind: field.name, name: value.text });
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
