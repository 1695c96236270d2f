import { describe, expect, it } from 'vitest';
import { QueryError } from '#proto/bridge/query-error';
import type { QueryTerm } from '#proto/model/query';
import { parseQuery } from './parse-query.ts';

const text = (words: string, prefix = false): QueryTerm => ({ kind: 'text', text: words, prefix });
const attribute = (key: string, value: string): QueryTerm => ({ kind: 'attribute', key, value });
const service = (name: string): QueryTerm => ({ kind: 'service', name });

function errorOf(query: string, subject: 'traces' | 'logs' = 'traces'): { position: number; message: string } | undefined {
  try {
    parseQuery(query, subject);
    return undefined;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { position: error.position, message: error.message };
  }
}

describe('parseQuery', () => {
  it.each<[string, QueryTerm[]]>([
    ['', []],
    ['  \t\n ', []],
    ['checkout', [text('checkout')]],
    [' a  b ', [text('a'), text('b')]],
    ['"connection refused" card', [text('connection refused'), text('card')]],
    ['time*', [text('time', true)]],
    ['"connection ref"*', [text('connection ref', true)]],
    ['"a*"', [text('a*')]],
    [String.raw`"say \"hi\" to C:\\temp C:\x"`, [text(String.raw`say "hi" to C:\temp C:\x`)]],
    ['service:api', [service('api')]],
    ['Service:api', [service('api')]],
    ['service:"na me"', [service('na me')]],
    [String.raw`service:"a\"b"`, [service('a"b')]],
    ['service:""', [service('')]],
    ['service:a:b=c', [service('a:b=c')]],
    ['status:error', [{ kind: 'status', status: 'error' }]],
    [
      'status:OK status:"unset"',
      [
        { kind: 'status', status: 'ok' },
        { kind: 'status', status: 'unset' },
      ],
    ],
    ['http.route=/orders', [attribute('http.route', '/orders')]],
    ['url.full=http://x/?a=b', [attribute('url.full', 'http://x/?a=b')]],
    ['db.query.text="SELECT \\"x\\" = 1"', [attribute('db.query.text', 'SELECT "x" = 1')]],
    ['"quoted key"="quoted value"', [attribute('quoted key', 'quoted value')]],
    ['"quoted key"=plain', [attribute('quoted key', 'plain')]],
    ['key=""', [attribute('key', '')]],
    ['""=x', [attribute('', 'x')]],
    ['key=va*', [attribute('key', 'va*')]],
    ['"a!"=b', [attribute('a!', 'b')]],
    ['http://localhost:5001/orders?id=1', [text('http://localhost:5001/orders?id=1')]],
    ['12:30', [text('12:30')]],
    ['localhost:5001', [text('localhost:5001')]],
    ['localhost:5001/orders', [text('localhost:5001/orders')]],
    ['TypeError: x', [text('TypeError:'), text('x')]],
    ['std::string', [text('std::string')]],
    ['C:\\temp', [text('C:\\temp')]],
    ['api.local:x', [text('api.local:x')]],
    ['AND OR NOT -x', [text('AND'), text('OR'), text('NOT'), text('-x')]],
    ['ünïcödé 検索', [text('ünïcödé'), text('検索')]],
  ])('reads %j', (query, terms) => {
    expect(parseQuery(query, 'traces')).toEqual(terms);
  });

  it.each<[string, number, RegExp]>([
    ['"open', 0, /not closed/],
    ['a service:"open', 10, /not closed/],
    ['"ends with backslash\\"', 0, /not closed/],
    ['"a"b', 3, /space/],
    ['key="a"b', 7, /space/],
    ['a"b"', 1, /space/],
    ['*', 0, /letter or a digit/],
    ['a ""', 2, /letter or a digit/],
    ['ok --', 3, /letter or a digit/],
    ['=x', 0, /key before =/],
    ['key= x', 4, /value after =/],
    ['service:', 8, /service after/],
    ['status:', 7, /error, ok, unset/],
    ['status:bad', 7, /error, ok, unset/],
    ['a kind:server', 2, /no kind: .*service:, status: and key=value/],
    ['duration:>5ms', 0, /no duration:/],
    ['a!=b', 1, /only be asked for with =/],
    ['size>=5', 4, /only be asked for with =/],
  ])('says where and why it cannot read %j', (query, position, message) => {
    expect(errorOf(query)).toEqual({ position, message: expect.stringMatching(message) });
  });

  it('knows no status of logs', () => {
    expect(errorOf('card status:error', 'logs')).toEqual({ position: 5, message: expect.stringContaining('status') });
    expect(errorOf('kind:x', 'logs')?.message).not.toContain('status:');
    expect(parseQuery('service:api card key=1', 'logs')).toEqual([service('api'), text('card'), attribute('key', '1')]);
  });

  it('has limits, and says where they are', () => {
    expect(errorOf('x'.repeat(1_000_000))).toEqual({ position: 4096, message: expect.stringContaining('4096') });
    expect(errorOf('a '.repeat(1000))).toEqual({ position: 128, message: expect.stringContaining('64 terms') });
    expect(parseQuery('a '.repeat(64), 'traces')).toHaveLength(64);
  });
});
