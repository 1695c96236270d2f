import { describe, expect, it } from 'vitest';
import type { KeyValue } from '../model/any-value.ts';
import { failureText } from './failure-text.ts';

const text = (key: string, value: string): KeyValue => ({ key, value: { stringValue: value } });
const exception = (type: string, message: string) => ({
  timeUnixNano: '1',
  name: 'exception',
  attributes: [text('exception.type', type), text('exception.message', message)],
  droppedAttributesCount: 0,
});
const span = (part: Partial<Parameters<typeof failureText>[0]>) => ({
  status: { code: 2, message: '' },
  events: [],
  attributes: [],
  ...part,
});

describe('failureText', () => {
  it('prefers the exception recorded last, with type and message', () => {
    expect(
      failureText(
        span({ status: { code: 2, message: 'boom' }, events: [exception('Retry', 'first'), exception('ConnectError', 'refused')] }),
      ),
    ).toBe('ConnectError: refused');
  });
  it('lets the status say what an exception leaves out', () => {
    expect(failureText(span({ status: { code: 2, message: 'boom' }, events: [exception('E', '')] }))).toBe('E: boom');
    expect(failureText(span({ events: [exception('', 'refused')] }))).toBe('refused');
    expect(failureText(span({ status: { code: 2, message: 'boom' }, attributes: [text('exception.stacktrace', 'at x')] }))).toBe('boom');
  });
  it('takes an exception on the span itself, or one that was logged', () => {
    expect(failureText(span({ attributes: [text('exception.type', 'TypeError')] }), [exception('Logged', 'x')])).toBe('TypeError');
    expect(failureText(span({}), [exception('First', 'x'), exception('Logged', 'y')])).toBe('Logged: y');
  });
  it('then the status message', () => expect(failureText(span({ status: { code: 2, message: 'boom' } }))).toBe('boom'));
  it('then the response, under its new or old name', () => {
    expect(failureText(span({ attributes: [{ key: 'http.response.status_code', value: { intValue: '503' } }] }))).toBe('HTTP 503');
    expect(failureText(span({ attributes: [{ key: 'http.status_code', value: { intValue: '500' } }, text('error.type', 'x')] }))).toBe(
      'HTTP 500',
    );
  });
  it('then the kind of error, else nothing', () => {
    expect(failureText(span({ attributes: [text('error.type', 'timeout')] }))).toBe('timeout');
    expect(failureText(span({}))).toBe('');
  });
});
