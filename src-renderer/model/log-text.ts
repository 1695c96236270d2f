import type { LogItem } from '#proto/bridge/shapes';
import { valueText } from './any-value-text.ts';
import { exceptionOf } from '#proto/model/exception';

/** One line that stands for a log record in a list. */
export interface LogHeadline {
  text: string;
  /** There is more than the line shows: further lines, or more of this one than any window is wide. */
  isCut: boolean;
  /** Whether the text is words, or JSON. */
  isStructure: boolean;
  /** The exception in one line, as far as the text does not name it already. */
  exception: string;
}

/** No window shows more of one line. */
const maxHeadline = 600;
/** Blank space before the first word is skipped this far. */
const maxLead = 2000;

/** The first line of the body that says something, and the exception; both may be empty. */
export const logHeadline = ({ body, attributes }: Pick<LogItem, 'body' | 'attributes'>): LogHeadline => {
  const isEmpty = body === undefined || Object.keys(body).length === 0;
  const line = isEmpty ? '' : firstLine(valueText(body, maxLead));
  return {
    text: line.slice(0, maxHeadline),
    isCut: line !== '' && isLonger(body, line),
    isStructure: line !== '' && (!isString(body) || /^[{[]["{[]/.test(line)),
    exception: exceptionLine(attributes, line).slice(0, maxHeadline),
  };
};

const isString = (body: LogItem['body']): boolean => body !== undefined && 'stringValue' in body;

/** Type and message, as far as the line beside it does not say them. */
const exceptionLine = (attributes: LogItem['attributes'], beside: string): string => {
  const exception = exceptionOf(attributes);
  if (exception === undefined) return '';
  const type = firstLine(exception.type);
  const message = firstLine(exception.message.slice(0, maxLead));
  const unsaid = [type, message].filter((part) => part !== '' && !beside.includes(part));
  if (type === '' && message === '' && beside === '') return firstLine(exception.stacktrace.slice(0, maxLead));
  return unsaid.join(': ');
};

const isLonger = (body: LogItem['body'], line: string): boolean => {
  if (line.length > maxHeadline) return true;
  if (body === undefined || !('stringValue' in body)) return false;
  return body.stringValue.trimEnd().length > body.stringValue.indexOf(line) + line.length;
};

const firstLine = (text: string): string => {
  const start = text.search(/\S/);
  if (start === -1) return '';
  const end = text.slice(start).search(/\r?\n/);
  return (end === -1 ? text.slice(start) : text.slice(start, start + end)).trimEnd();
};
