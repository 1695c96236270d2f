import { describe, expect, it } from 'vitest';
import { drawTrace } from '#proto/analysis/draw-trace.fixture';
import { readTrace } from '#proto/analysis/trace';
import { findSpans, foundBetween, foundIn, nextFound } from './find-spans.ts';

const trace = readTrace(
  drawTrace(`
api GET /cart 0-120
  api auth 1-10
    db SELECT carts 2-5 error: Cart is gone
  api load 20-100
    cart-db SELECT 21-50
worker job 130-140`),
);
const find = (text: string): number[] => [...(findSpans(trace, text)?.spans ?? [])];
const whole = { first: 0, end: trace.tree.size };

describe('findSpans', () => {
  it('looks in names, services and status messages, whatever the case', () => {
    expect(find('CART')).toEqual([0, 2, 4]);
    expect(find(' gone ')).toEqual([2]);
    expect(find('.')).toEqual([]);
  });
  it('finds an id by its beginning', () => {
    expect(find('0000000000000004')).toEqual([3]);
    expect(find('0000')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(find('000')).toEqual([]);
    expect(find('00000000000000041')).toEqual([]);
  });
  it('looks for nothing where nothing is asked', () => expect(findSpans(trace, '  ')).toBeUndefined());
  it('counts what lies in a stretch of the tree', () => {
    const found = findSpans(trace, 'cart');
    expect(found && [foundBetween(found, 0, 6), foundBetween(found, 1, 3), foundBetween(found, 3, 4)]).toEqual([3, 1, 0]);
  });
});

describe('foundIn', () => {
  const found = { text: 'cart', spans: new Int32Array(), before: new Int32Array() };
  it('parts a text at what was found', () => expect(foundIn(found, 'GET /Cart/1')).toEqual(['GET /', 'Cart', '/1']));
  it('finds nothing where it is not, or where its place is not known', () =>
    expect([foundIn(found, 'GET /'), foundIn(found, 'İ cart')]).toEqual([undefined, undefined]));
});

describe('nextFound', () => {
  const found = findSpans(trace, 'cart') ?? { text: '', spans: new Int32Array(), before: new Int32Array() };
  it('goes on and back, round at the ends, from found spans and from others', () => {
    expect([0, 1, 2, 3, 4, 5].map((from) => nextFound(found, from, 1, whole))).toEqual([2, 2, 4, 4, 0, 0]);
    expect([0, 1, 2, 3, 4, 5].map((from) => nextFound(found, from, -1, whole))).toEqual([4, 0, 0, 2, 2, 4]);
  });
  it('stays in the part that is looked at', () => {
    expect([nextFound(found, 2, 1, { first: 1, end: 3 }), nextFound(found, 5, 1, { first: 1, end: 5 })]).toEqual([2, 2]);
    expect(nextFound(found, 1, 1, { first: 3, end: 4 })).toBeUndefined();
  });
});
