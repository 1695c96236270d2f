import type { KeyValue } from '#proto/model/any-value';
import { describe, expect, it } from 'vitest';
import { filterAttributes, groupAttributes } from './attribute-groups.ts';

const attribute = (key: string, text = ''): KeyValue => ({ key, value: { stringValue: text } });
const keys = (attributes: readonly KeyValue[]): string[] => attributes.map(({ key }) => key);

describe('groupAttributes', () => {
  it('is one sorted list while there are few', () => {
    const groups = groupAttributes(['url.path', 'http.route', 'a'].map((key) => attribute(key)));
    expect(groups).toHaveLength(1);
    expect(keys(groups[0]?.attributes ?? [])).toEqual(['a', 'http.route', 'url.path']);
  });

  it('is nothing for nothing', () => {
    expect(groupAttributes([])).toEqual([]);
  });

  it('parts many by their namespace, those that stand alone first', () => {
    const many = [
      'http.route',
      'http.request.method',
      'db.name',
      'db.user',
      'net.peer.port',
      'net.peer.name',
      'alone',
      'peer.service',
      '.odd',
      '',
      'db.system',
      'url.a',
      'url.b',
    ];
    const groups = groupAttributes(many.map((key) => attribute(key)));
    expect(groups.map((group) => [group.namespace, keys(group.attributes)])).toEqual([
      ['', ['', '.odd', 'alone', 'peer.service']],
      ['db', ['db.name', 'db.system', 'db.user']],
      ['http', ['http.request.method', 'http.route']],
      ['net', ['net.peer.name', 'net.peer.port']],
      ['url', ['url.a', 'url.b']],
    ]);
  });

  it('keeps duplicates in the order in which they were sent, and keys of different case apart', () => {
    const groups = groupAttributes([attribute('k', 'second'), attribute('K'), attribute('k', 'first')]);
    expect(groups[0]?.attributes).toEqual([attribute('K'), attribute('k', 'second'), attribute('k', 'first')]);
  });

  it('survives keys that name object internals', () => {
    const groups = groupAttributes(Array.from({ length: 12 }, (_, index) => attribute(`__proto__.${index}`)));
    expect(groups.map((group) => group.namespace)).toEqual(['__proto__']);
  });
});

describe('filterAttributes', () => {
  const attributes = [attribute('http.route', '/Orders'), attribute('db.name', 'orders'), attribute('url.path', '/')];

  it('looks at keys and values, whatever their case', () => {
    expect(keys(filterAttributes(attributes, 'ORDERS'))).toEqual(['http.route', 'db.name']);
    expect(keys(filterAttributes(attributes, 'orders http'))).toEqual(['http.route']);
    expect(filterAttributes(attributes, '  ')).toBe(attributes);
  });
});
