import { describe, expect, it } from 'vitest';
import type { KeyValue } from '#proto/model/any-value';
import type { LogRecord } from '#proto/model/log';
import type { Span } from '#proto/model/span';
import { logMatches, spanMatches, type MatchedSource } from './matches.ts';
import { parseQuery } from './parse-query.ts';

const attribute = (key: string, value: KeyValue['value'] | string): KeyValue => ({
  key,
  value: typeof value === 'string' ? { stringValue: value } : value,
});

const source: MatchedSource = {
  resource: { attributes: [attribute('host.name', 'desk')], droppedAttributesCount: 0, entityRefs: [], schemaUrl: '' },
  scope: { name: 'net/http', version: '1', attributes: [attribute('scope.flavour', 'plain')], droppedAttributesCount: 0, schemaUrl: '' },
  serviceName: 'api',
};

const span: Span = {
  traceId: '0'.repeat(31) + '1',
  spanId: '0'.repeat(15) + '1',
  traceState: '',
  parentSpanId: '',
  flags: 0,
  name: 'GET /cart',
  kind: 2,
  startTimeUnixNano: '18446744073709551000',
  endTimeUnixNano: '18446744073709551615',
  attributes: [
    attribute('http.status_code', { intValue: '503' }),
    attribute('ratio', { doubleValue: 0.5 }),
    attribute('broken', { doubleValue: 'NaN' }),
    attribute('size', '42'),
    attribute('blank', ' '),
    attribute('twice', 'one'),
    attribute('twice', 'two'),
    attribute('tags', { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '1' }] } }),
    attribute('nothing', {}),
  ],
  droppedAttributesCount: 0,
  events: [
    {
      timeUnixNano: '1',
      name: 'exception thrown',
      attributes: [attribute('exception.message', 'Connexión refused')],
      droppedAttributesCount: 0,
    },
  ],
  droppedEventsCount: 0,
  links: [{ traceId: '', spanId: '', traceState: '', attributes: [attribute('linked', 'yes')], droppedAttributesCount: 0, flags: 0 }],
  droppedLinksCount: 0,
  status: { code: 2, message: 'card declined' },
};

const record: LogRecord = {
  timeUnixNano: '1',
  observedTimeUnixNano: '1',
  severityNumber: 18,
  severityText: 'SEVERE',
  body: { kvlistValue: { values: [attribute('msg', 'disk full')] } },
  attributes: [attribute('user.id', { intValue: '7' })],
  droppedAttributesCount: 0,
  flags: 0,
  traceId: '',
  spanId: '',
  eventName: 'disk.event',
};

describe('spanMatches', () => {
  const matches = (query: string): boolean => spanMatches(parseQuery(query, 'traces'), span, source);

  it.each([
    '',
    'cart',
    '"get cart"',
    'declined "exception thrown" connexion',
    '"connexion ref"*',
    '"exception.message connexión"',
    '"ratio 0.5" http.status_code',
    'service:api status:error kind:server name:"GET /cart"',
    'http.status_code=503 http.response.status_code>=500 http.status_code!=200',
    'ratio<1 ratio>0.25 size>5 size<=42',
    'host.name=desk scope.flavour=plain exception.message="Connexión refused"',
    'tags="[\\"a\\",1]" nothing="" nothing=* twice=one twice=two',
    'NOT twice!=one twice!=three',
    'absent!=* NOT absent!=x',
    'duration=615ns duration>614ns duration<0.616us',
    'nobody OR (cart NOT orders)',
    'service!=web NOT status:ok',
  ])('says yes to %s', (query) => expect(matches(query)).toBe(true));

  it.each([
    'car',
    '"cart get"',
    '"cart card"',
    '"thrown exception.message"',
    'ref',
    'desk',
    'linked=yes',
    'service:API',
    'kind:client',
    'status:unset',
    'name:"get /cart"',
    'http.status_code>503',
    'blank>=0',
    'twice>0',
    'broken>0 OR broken<=0',
    'nothing>=0',
    'absent!=x',
    'absent=*',
    'ratio=.5',
    'duration>615ns',
    'NOT cart',
    'cart AND orders',
  ])('says no to %s', (query) => expect(matches(query)).toBe(false));

  it('knows spans that end before they start', () => {
    const backwards = { ...span, startTimeUnixNano: '5', endTimeUnixNano: '3' };
    expect(spanMatches(parseQuery('duration=-2ns duration<0s', 'traces'), backwards, source)).toBe(true);
  });

  it('finds no words in a text without any', () => {
    expect(spanMatches({ kind: 'text', text: '--', prefix: true }, span, source)).toBe(false);
  });
});

describe('logMatches', () => {
  const matches = (query: string): boolean => logMatches(parseQuery(query, 'logs'), record, source);

  it.each([
    '"disk full"',
    'severe',
    '"disk event"',
    'user.id=7',
    '"user id 7"',
    'host.name=desk',
    'service:api',
    'severity:error',
    'severity>17 severity<=ERROR2',
    'severity>=warn',
  ])('says yes to %s', (query) => expect(matches(query)).toBe(true));

  it.each(['desk', 'severity:fatal', 'severity>error', 'severity=17', 'severity<error', 'service:""', '"full severe"'])(
    'says no to %s',
    (query) => expect(matches(query)).toBe(false),
  );

  it('lets a record without a body be', () => {
    const { body: _, ...empty } = record;
    expect(logMatches(parseQuery('"disk full"', 'logs'), empty, source)).toBe(false);
  });
});
