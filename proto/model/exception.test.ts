import type { KeyValue } from './any-value.ts';
import { describe, expect, it } from 'vitest';
import { exceptionOf, withoutException } from './exception.ts';

const text = (key: string, stringValue: string): KeyValue => ({ key, value: { stringValue } });

describe('exceptionOf', () => {
  it('reads what there is', () => {
    expect(exceptionOf([text('exception.type', 'ValueError'), text('other', 'x')])).toEqual({
      type: 'ValueError',
      message: '',
      stacktrace: '',
    });
    expect(exceptionOf([text('exception.stacktrace', 'E\n  at x')])).toEqual({ type: '', message: '', stacktrace: 'E\n  at x' });
  });

  it('is undefined where nothing says so', () => {
    expect(exceptionOf([])).toBeUndefined();
    expect(exceptionOf([{ key: 'exception.type', value: { boolValue: true } }, text('exception.message', '')])).toBeUndefined();
  });
});

describe('withoutException', () => {
  it('keeps what the exception’s view does not show', () => {
    const odd: KeyValue = { key: 'exception.type', value: { boolValue: true } };
    const escaped = text('exception.escaped', 'True');
    expect(withoutException([text('exception.type', 'E'), odd, escaped])).toEqual([odd, escaped]);
  });
});
