import { describe, expect, it } from 'vitest';
import { wordsOfPattern } from './pattern-words.ts';

describe('wordsOfPattern', () => {
  it.each<[string[], string[], string[]]>([
    [['GET /orders/', ''], ['get', 'orders'], []],
    [['GET /ord', ''], ['get'], ['ord']],
    [['', 'cart now'], ['now'], []],
    [['', 'cart no', ''], [], ['no']],
    [['a', 'b'], [], ['a']],
    [['ünï code'], ['code'], []],
    [['', ''], [], []],
  ])('takes of the wildcard %j the words %j, and the beginnings %j', (parts, whole, beginnings) => {
    expect(wordsOfPattern({ kind: 'wildcard', parts })).toEqual({ whole, beginnings });
  });

  it.each<[string, string[], string[]]>([
    ['^GET /orders/\\d+$', ['get', 'orders'], []],
    ['^GET', [], ['get']],
    ['GET$', [], []],
    [' now$', ['now'], []],
    ['/orders', [], ['orders']],
    ['/orders?/', [], ['order']],
    ['/ab+c/d', [], ['ab', 'd']],
    ['^a\\.bc\\/', ['a', 'bc'], []],
    ['^(a|bc) def ', ['def'], []],
    ['^[ )(]x yz[^]]', [], ['yz']],
    ['^a{2} b{2,} c', [], ['c']],
    ['^a{x', ['a'], ['x']],
    ['^get|^put', [], []],
    ['(?i)^get ', [], []],
    ['^\\x41bc ', [], []],
    ['^^*get ', [], []],
  ])('takes of the regular expression %j the words %j, and the beginnings %j', (source, whole, beginnings) => {
    expect(wordsOfPattern({ kind: 'regex', source })).toEqual({ whole, beginnings });
  });
});
