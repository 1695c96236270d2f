import { displayValue } from '../model/display-value.ts';
import { exceptionOf, type RecordedException } from '../model/exception.ts';
import type { LogRecord } from '../model/log.ts';
import { findAttribute } from '../model/semantic-conventions.ts';
import type { Span } from '../model/span.ts';

type Failed = Pick<Span, 'status' | 'events' | 'attributes'>;

/**
 * The exception that a failed span ended with: of its events the last that carries one, else on the span itself (Deno), else in what was logged during the span (semantic conventions, "Exceptions in
 * logs"), again the last.
 */
export const exceptionOfSpan = (
  { events, attributes }: Pick<Failed, 'events' | 'attributes'>,
  logs: readonly Pick<LogRecord, 'attributes'>[] = [],
): RecordedException | undefined => lastException(events) ?? exceptionOf(attributes) ?? lastException(logs);

const lastException = (records: readonly Pick<LogRecord, 'attributes'>[]): RecordedException | undefined =>
  records.map((record) => exceptionOf(record.attributes)).findLast((found) => found !== undefined);

/**
 * What a failed span says of its failure, in a line: its exception with type and message, else its status message, else the response it got, else the kind of error. Empty where it says nothing.
 */
export const failureText = (span: Failed, logs: readonly Pick<LogRecord, 'attributes'>[] = []): string => {
  const exception = exceptionOfSpan(span, logs);
  const { message } = span.status;
  if (exception !== undefined && exception.type + exception.message !== '') {
    return [exception.type, exception.message || message].filter(Boolean).join(': ');
  }
  if (message !== '') return message;
  const code = findAttribute(span.attributes, 'http.response.status_code');
  if (code !== undefined) return `HTTP ${displayValue(code)}`;
  const kind = findAttribute(span.attributes, 'error.type');
  return kind === undefined ? '' : displayValue(kind);
};
