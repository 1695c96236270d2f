import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { describe, expect, it } from 'vitest';
import { logHeadline } from './log-text.ts';

const of = (body: AnyValue | undefined, attributes: KeyValue[] = []) =>
  logHeadline(body === undefined ? { attributes } : { body, attributes });
const said = (stringValue: string) => of({ stringValue });

const plain = { isCut: false, isStructure: false, exception: '' };

describe('logHeadline', () => {
  it('is the first line that says something', () => {
    expect(said('one')).toEqual({ ...plain, text: 'one' });
    expect(said('\n\n  one \r\ntwo')).toEqual({ ...plain, text: 'one', isCut: true });
    expect(said('one\n')).toEqual({ ...plain, text: 'one' });
  });

  it('is bounded however long the body is', () => {
    const { text, isCut } = said('x'.repeat(1_000_000));
    expect(text.length).toBeLessThan(1000);
    expect(isCut).toBe(true);
  });

  it('writes structure as compact JSON, and knows JSON in a string', () => {
    expect(of({ kvlistValue: { values: [{ key: 'order', value: { intValue: '7' } }] } })).toEqual({
      ...plain,
      text: '{"order":7}',
      isStructure: true,
    });
    expect(of({ intValue: '0' })).toMatchObject({ text: '0', isStructure: true });
    expect(said('{"level":"info"}').isStructure).toBe(true);
    expect(said('[worker 3] ready').isStructure).toBe(false);
  });

  it('names the exception behind the body or in its place', () => {
    const attributes: KeyValue[] = [
      { key: 'exception.type', value: { stringValue: 'ValueError' } },
      { key: 'exception.message', value: { stringValue: 'no stock\nat all' } },
    ];
    expect(of(undefined, attributes)).toEqual({ ...plain, text: '', exception: 'ValueError: no stock' });
    expect(of({ stringValue: 'it broke' }, attributes)).toMatchObject({ text: 'it broke', exception: 'ValueError: no stock' });
    expect(of({ stringValue: 'caught ValueError: no stock' }, attributes).exception).toBe('');
    expect(of({ stringValue: 'cannot sell: no stock' }, attributes).exception).toBe('ValueError');
    expect(of(undefined, [{ key: 'exception.stacktrace', value: { stringValue: 'E: x\n  at y' } }]).exception).toBe('E: x');
  });

  it('says nothing where nothing was sent', () => {
    const nothing = { ...plain, text: '' };
    expect([of(undefined), of({}), said(''), said(' \n ')]).toEqual([nothing, nothing, nothing, nothing]);
  });
});
