import type { LogItem } from '#proto/bridge/shapes';
import { valueText } from './any-value-text.ts';
import { exceptionOf } from './exception.ts';

/** One line that stands for a log record in a list. */
export interface LogHeadline {
  text: string;
  /** There is more than the line shows: further lines, or more of this one than any window is wide. */
  isCut: boolean;
  /** `body` in the sender's words, `structure` as compact JSON, `exception` in its place, or `nothing`. */
  source: 'body' | 'structure' | 'exception' | 'nothing';
}

/** No window shows more of one line. */
const maxHeadline = 600;
/** Blank space before the first word is skipped this far. */
const maxLead = 2000;

/** The first line of the body that says something, else the exception, else nothing. */
export const logHeadline = ({ body, attributes }: Pick<LogItem, 'body' | 'attributes'>): LogHeadline => {
  const isString = body !== undefined && 'stringValue' in body;
  const text = body === undefined || Object.keys(body).length === 0 ? '' : firstLine(valueText(body, maxLead));
  if (text !== '') return { text: text.slice(0, maxHeadline), isCut: isLonger(body, text), source: isString ? 'body' : 'structure' };
  const exception = exceptionOf(attributes);
  if (exception === undefined) return { text: '', isCut: false, source: 'nothing' };
  const said = firstLine([exception.type, exception.message].filter(Boolean).join(': ') || exception.stacktrace.slice(0, maxLead));
  return { text: said.slice(0, maxHeadline), isCut: exception.stacktrace !== '', source: 'exception' };
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
