import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { describe, expect, it } from 'vitest';
import { logHeadline } from './log-text.ts';

const of = (body: AnyValue | undefined, attributes: KeyValue[] = []) =>
  logHeadline(body === undefined ? { attributes } : { body, attributes });
const said = (stringValue: string) => of({ stringValue });

describe('logHeadline', () => {
  it('is the first line that says something', () => {
    expect(said('one')).toEqual({ text: 'one', isCut: false, source: 'body' });
    expect(said('\n\n  one \r\ntwo')).toEqual({ text: 'one', isCut: true, source: 'body' });
    expect(said('one\n')).toEqual({ text: 'one', isCut: false, source: 'body' });
  });

  it('is bounded however long the body is', () => {
    const { text, isCut } = said('x'.repeat(1_000_000));
    expect(text.length).toBeLessThan(1000);
    expect(isCut).toBe(true);
  });

  it('writes structure as compact JSON', () => {
    expect(of({ kvlistValue: { values: [{ key: 'order', value: { intValue: '7' } }] } })).toEqual({
      text: '{"order":7}',
      isCut: false,
      source: 'structure',
    });
    expect(of({ intValue: '0' })).toMatchObject({ text: '0', source: 'structure' });
  });

  it('names the exception where there is no body', () => {
    const attributes: KeyValue[] = [
      { key: 'exception.type', value: { stringValue: 'ValueError' } },
      { key: 'exception.message', value: { stringValue: 'no stock\nat all' } },
    ];
    expect(of(undefined, attributes)).toEqual({ text: 'ValueError: no stock', isCut: false, source: 'exception' });
    expect(of({ stringValue: '  ' }, attributes)).toMatchObject({ source: 'exception' });
  });

  it('says nothing where nothing was sent', () => {
    const nothing = { text: '', isCut: false, source: 'nothing' };
    expect([of(undefined), of({}), said(''), said(' \n ')]).toEqual([nothing, nothing, nothing, nothing]);
  });
});
