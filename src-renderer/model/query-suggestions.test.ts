import { describe, expect, it } from 'vitest';
import { queryFields, type Subject } from '#proto/model/query-fields';
import { allFields, completionWanted, suggest } from './query-suggestions.ts';

const known = (...texts: string[]) => texts.map((text, index) => ({ text, count: 1000 - index }));
const services = known('orders-api', 'payments', 'api', 'na me', '', 'st*r');
const texts = (query: string, subject: Subject = 'traces', of = services): string[] =>
  suggest(query, query.length, subject, of).items.map(({ text }) => text);
const wanted = (query: string, subject: Subject = 'traces', caret = query.length) => completionWanted(query, caret, subject);

describe('suggest', () => {
  it('completes fields, each as it is mostly compared', () => {
    expect(texts('s', 'traces', [])).toEqual(['service:', 'status:']);
    expect(texts('slow du', 'traces', [])).toEqual(['duration>']);
    expect(texts('S', 'logs', [])).toEqual(['service:', 'severity>=']);
  });
  it('knows every field of a subject by its first letter', () => {
    for (const { name, subjects } of queryFields) {
      for (const subject of subjects) expect(texts(name.slice(0, 1), subject).some((text) => text.startsWith(name))).toBe(true);
    }
  });
  it('says how a whole field can be compared', () => {
    expect(texts('duration', 'traces', [])).toEqual(['duration:', 'duration!=', 'duration>', 'duration>=', 'duration<', 'duration<=']);
    expect(texts('kind', 'traces', [])).toEqual(['kind:', 'kind!=']);
    expect(texts('name', 'traces', [])).toEqual(['name:', 'name!=', 'name~']);
  });
  it('completes values', () => {
    expect(texts('status:')).toEqual(['status:error ', 'status:ok ', 'status:unset ']);
    expect(texts('kind!=p')).toEqual(['kind!=producer ']);
    expect(texts('severity>=w', 'logs')).toEqual(['severity>=warn ']);
    expect(texts('status:error')).toEqual([]);
  });
  it('completes what is known by any part of it, first letters first, quoted where need be', () => {
    expect(texts('service:api')).toEqual(['service:orders-api ']);
    expect(texts('service:ap')).toEqual(['service:api ', 'service:orders-api ']);
    expect(texts('service!=NA')).toEqual(['service!="na me" ']);
    expect(texts('name:"GET /c', 'traces', known('GET /cart', 'a "GET /c"'))).toEqual([
      'name:"GET /cart" ',
      String.raw`name:"a \"GET /c\"" `,
    ]);
    expect(texts('service:st')).toEqual(['service:"st*r" ']);
    expect(texts('"my key"=v', 'logs', known('value'))).toEqual(['"my key"=value ']);
  });
  it('completes keys of attributes, after fields, with how many have them', () => {
    const keys = known('http.route', 'name', 'has space', 'kind.of');
    expect(texts('h', 'traces', keys)).toEqual(['http.route=', '"has space"=']);
    expect(texts('sp', 'traces', keys)).toEqual(['"has space"=']);
    expect(texts('pa', 'traces', keys)).toEqual([]);
    expect(texts('pac', 'traces', keys)).toEqual(['"has space"=']);
    expect(texts('k', 'traces', keys)).toEqual(['kind:', 'kind.of=']);
    expect(texts('na', 'traces', keys)).toEqual(['name:', '"name"=']);
    expect(suggest('rou', 3, 'traces', [{ text: 'http.route', count: 12_345 }]).items).toEqual([
      { text: 'http.route=', description: '', count: '12,345' },
    ]);
  });
  it('completes operators in capitals', () => {
    expect(texts('a O', 'traces', [])).toEqual(['OR ']);
    expect(texts('N', 'traces', [])).toEqual(['name:', 'NOT ']);
  });
  it('looks at the word before the caret, and takes what is behind it along', () => {
    expect(suggest('a (stat b', 7, 'traces', [])).toEqual({ start: 3, end: 7, items: [expect.objectContaining({ text: 'status:' })] });
    expect(suggest('status:eunset', 8, 'traces', [])).toMatchObject({ start: 0, end: 13, items: [{ text: 'status:error ' }] });
    expect(suggest('name:"GET x" b', 9, 'traces', known('GET /'))).toMatchObject({ start: 0, end: 12 });
    expect(suggest('name:"GET b "c d"', 9, 'traces', known('GET /'))).toMatchObject({ start: 0, end: 9 });
  });
  it.each(['', 'timeout', '"s', 'service:"na me"', 'severity>', 'knd:s', 'a ', 'service:a*', 'name~a', 'size>1', '"service'])(
    'has nothing for %j',
    (query) => expect(texts(query)).toEqual([]),
  );
  it('shows a bounded number', () => {
    const many = known(...Array.from({ length: 500 }, (_, index) => `service-${index}`));
    expect(suggest('service:', 8, 'traces', many).items).toHaveLength(12);
  });
});

describe('completionWanted', () => {
  it('asks for keys, values and names', () => {
    expect(wanted('a htt')).toEqual({ prefix: 'htt' });
    expect(wanted('http.route=/o')).toEqual({ key: 'http.route', prefix: '/o' });
    expect(wanted(String.raw`("my \"key"!="a b`)).toEqual({ key: 'my "key', prefix: 'a b' });
    expect(wanted('"name"=x')).toEqual({ key: 'name', prefix: 'x' });
    expect(wanted('Service:')).toEqual({ field: 'service', prefix: '' });
    expect(wanted('name!="GET /')).toEqual({ field: 'name', prefix: 'GET /' });
    expect(wanted('name=x', 'logs')).toEqual({ key: 'name', prefix: 'x' });
    expect(wanted('service:api x=y', 'traces', 10)).toEqual({ field: 'service', prefix: 'ap' });
  });
  it.each(['', 'a ', '"phrase', 'status:e', 'duration>1', 'size>=1', 'name~x', 'key=a*', 'knd:x', '5'])(
    'asks for nothing at the end of %j',
    (query) => expect(wanted(query)).toBeUndefined(),
  );
});

describe('allFields', () => {
  it('lists what there is', () => {
    expect(allFields('logs').map(({ text }) => text)).toEqual(['service:', 'severity>=', 'body:', 'OR ', 'NOT ']);
  });
});
