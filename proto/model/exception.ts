import type { KeyValue } from './any-value.ts';
import { textAttribute } from './semantic-conventions.ts';

/** What went wrong, as a span event, a log record or (Deno) a span carries it in `exception.*` (semantic conventions, "Exceptions"). */
export interface RecordedException {
  type: string;
  message: string;
  stacktrace: string;
}

/** The exception in the attributes; undefined where there is none. Fields that were not sent are empty. */
export const exceptionOf = (attributes: readonly KeyValue[]): RecordedException | undefined => {
  const type = textAttribute(attributes, 'exception.type');
  const message = textAttribute(attributes, 'exception.message');
  const stacktrace = textAttribute(attributes, 'exception.stacktrace');
  return type === '' && message === '' && stacktrace === '' ? undefined : { type, message, stacktrace };
};

const exceptionKeys: ReadonlySet<string> = new Set(['exception.type', 'exception.message', 'exception.stacktrace']);

/** The attributes that an exception's own view does not show already. */
export const withoutException = (attributes: readonly KeyValue[]): KeyValue[] =>
  attributes.filter(({ key, value }) => !(exceptionKeys.has(key) && 'stringValue' in value));
