import { describe, expect, it } from 'vitest';
import { queryFields, type Subject } from '#proto/model/query-fields';
import { allFields, suggest } from './query-suggestions.ts';

const services = ['orders-api', 'payments', 'api', 'na me', ''];
const texts = (query: string, subject: Subject = 'traces', caret = query.length): string[] =>
  suggest(query, caret, subject, services).items.map(({ text }) => text);

describe('suggest', () => {
  it('completes fields, each as it is mostly compared', () => {
    expect(texts('s')).toEqual(['service:', 'status:']);
    expect(texts('slow du')).toEqual(['duration>']);
    expect(texts('S', 'logs')).toEqual(['service:', 'severity>=']);
  });
  it('knows every field of a subject by its first letter', () => {
    for (const { name, subjects } of queryFields) {
      for (const subject of subjects) expect(texts(name.slice(0, 1), subject).some((text) => text.startsWith(name))).toBe(true);
    }
  });
  it('says how a whole field can be compared', () => {
    expect(texts('duration')).toEqual(['duration:', 'duration!=', 'duration>', 'duration>=', 'duration<', 'duration<=']);
    expect(texts('kind')).toEqual(['kind:', 'kind!=']);
  });
  it('completes values', () => {
    expect(texts('status:')).toEqual(['status:error ', 'status:ok ', 'status:unset ']);
    expect(texts('kind!=p')).toEqual(['kind!=producer ']);
    expect(texts('severity>=w', 'logs')).toEqual(['severity>=warn ']);
    expect(texts('status:error')).toEqual([]);
  });
  it('completes services by any part of their name, first letters first, quoted where need be', () => {
    expect(texts('service:api')).toEqual(['service:orders-api ']);
    expect(texts('service:ap')).toEqual(['service:api ', 'service:orders-api ']);
    expect(texts('service!=NA')).toEqual(['service!="na me" ']);
  });
  it('completes operators in capitals', () => {
    expect(texts('a O')).toEqual(['OR ']);
    expect(texts('N')).toEqual(['name:', 'NOT ']);
  });
  it('looks at the word before the caret, and takes what is behind it along', () => {
    expect(suggest('a (stat b', 7, 'traces', services)).toEqual({
      start: 3,
      end: 7,
      items: [expect.objectContaining({ text: 'status:' })],
    });
    expect(suggest('status:eunset', 8, 'traces', services)).toMatchObject({ start: 0, end: 13, items: [{ text: 'status:error ' }] });
  });
  it.each(['', 'timeout', 'http.route=/s', '"s', 'service:"na', 'severity>', 'knd:s', 'a '])('has nothing for %j', (query) =>
    expect(texts(query)).toEqual([]),
  );
  it('shows a bounded number', () => {
    const many = Array.from({ length: 500 }, (_, index) => `service-${index}`);
    expect(suggest('service:', 8, 'traces', many).items).toHaveLength(12);
  });
});

describe('allFields', () => {
  it('lists what there is', () => {
    expect(allFields('logs').map(({ text }) => text)).toEqual(['service:', 'severity>=', 'OR ', 'NOT ']);
  });
});
