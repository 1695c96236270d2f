import { describe, expect, it } from 'vitest';
import { QueryError } from '#proto/bridge/query-error';
import type { Comparison, PatternField, Query, QueryTerm, TextPattern } from '#proto/model/query';
import type { Subject } from '#proto/model/query-fields';
import { parseQuery } from './parse-query.ts';

const text = (words: string, prefix = false): QueryTerm => ({ kind: 'text', text: words, prefix });
const attribute = (key: string, value: string, comparison: Comparison = '='): QueryTerm => ({ kind: 'attribute', key, comparison, value });
const service = (name: string): QueryTerm => ({ kind: 'service', name });
const status = (name: 'error' | 'ok' | 'unset'): QueryTerm => ({ kind: 'status', status: name });
const duration = (comparison: Comparison, ns: string): QueryTerm => ({ kind: 'duration', comparison, ns });
const severity = (comparison: Comparison, number: number): QueryTerm => ({ kind: 'severity', comparison, severity: number });
const like = (field: PatternField, pattern: TextPattern): QueryTerm => ({ kind: 'like', field, pattern });
const attributeLike = (key: string, pattern: TextPattern): QueryTerm => ({ kind: 'attributeLike', key, pattern });
const exists = (key: string): QueryTerm => ({ kind: 'exists', key });
const wild = (...parts: string[]): TextPattern => ({ kind: 'wildcard', parts });
const regex = (source: string): TextPattern => ({ kind: 'regex', source });
const and = (...of: Query[]): Query => ({ kind: 'and', of });
const or = (...of: Query[]): Query => ({ kind: 'or', of });
const not = (query: Query): Query => ({ kind: 'not', query });
const [a, b, c] = [text('a'), text('b'), text('c')];

function errorOf(query: string, subject: Subject = 'traces'): { position: number; message: string } | undefined {
  try {
    parseQuery(query, subject);
    return undefined;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { position: error.position, message: error.message };
  }
}

describe('parseQuery', () => {
  it.each<[string, Query]>([
    ['', and()],
    ['  \t\n ', and()],
    ['checkout', text('checkout')],
    [' a  b ', and(a, b)],
    ['"connection refused" card', and(text('connection refused'), text('card'))],
    ['time*', text('time', true)],
    ['"connection ref"*', text('connection ref', true)],
    ['"a*"', text('a*')],
    [String.raw`"say \"hi\" to C:\\temp C:\x"`, text(String.raw`say "hi" to C:\temp C:\x`)],
    ['service:api', service('api')],
    ['Service:api', service('api')],
    ['service:"na me"', service('na me')],
    [String.raw`service:"a\"b"`, service('a"b')],
    ['service:""', service('')],
    ['service:a:b=c', service('a:b=c')],
    ['status:error', status('error')],
    ['status:OK status:"unset"', and(status('ok'), status('unset'))],
    ['http.route=/orders', attribute('http.route', '/orders')],
    ['url.full=http://x/?a=b', attribute('url.full', 'http://x/?a=b')],
    ['db.query.text="SELECT \\"x\\" = 1"', attribute('db.query.text', 'SELECT "x" = 1')],
    ['"quoted key"="quoted value"', attribute('quoted key', 'quoted value')],
    ['"quoted key"=plain', attribute('quoted key', 'plain')],
    ['key=""', attribute('key', '')],
    ['""=x', attribute('', 'x')],
    ['"a!"=b', attribute('a!', 'b')],
    ['path=~/x', attribute('path', '~/x')],
  ])('reads %j', (query, tree) => {
    expect(parseQuery(query, 'traces')).toEqual(tree);
  });

  it.each<[string, Query]>([
    ['http://localhost:5001/orders?id=1', text('http://localhost:5001/orders?id=1')],
    ['12:30', text('12:30')],
    ['localhost:5001', text('localhost:5001')],
    ['localhost:5001/orders', text('localhost:5001/orders')],
    ['TypeError: x', and(text('TypeError:'), text('x'))],
    ['TypeError: x is not a function', and(...['TypeError:', 'x', 'is', 'not', 'a', 'function'].map((word) => text(word)))],
    ['std::string', text('std::string')],
    ['C:\\temp', text('C:\\temp')],
    ['api.local:x', text('api.local:x')],
    ['-x --flag', and(text('-x'), text('--flag'))],
    ['ünïcödé 検索', and(text('ünïcödé'), text('検索'))],
    ['foo() GET(/x) f(a)(b)', and(text('foo()'), text('GET(/x)'), text('f(a)(b)'))],
    ['fn(a, b)', and(text('fn(a,'), text('b)'))],
    ['(foo(x) OR b)', or(text('foo(x)'), b)],
    ['foo(a=b) f(x>5) g(a:b)', and(text('foo(a=b)'), text('f(x>5)'), text('g(a:b)'))],
    ['at Object.<anonymous> (/app/x.js:1:2)', and(text('at'), text('Object.<anonymous>'), text('/app/x.js:1:2'))],
    ['Vec<String> a->b #<Promise> map<2,int>', and(text('Vec<String>'), text('a->b'), text('#<Promise>'), text('map<2,int>'))],
    ['(node:1234) Warning: x', and(text('node:1234'), text('Warning:'), text('x'))],
    ["(reading 'y')", and(text('reading'), text("'y'"))],
  ])('takes what was pasted, %j, for text', (query, tree) => {
    expect(parseQuery(query, 'traces')).toEqual(tree);
  });

  it.each<[string, Query]>([
    ['a AND b', and(a, b)],
    ['a OR b', or(a, b)],
    ['a b OR c', or(and(a, b), c)],
    ['a (b OR c)', and(a, or(b, c))],
    ['NOT a b', and(not(a), b)],
    ['NOT (a b)', not(and(a, b))],
    ['NOT(a OR b)AND(c)', and(not(or(a, b)), c)],
    ['a OR NOT b AND c', or(a, and(not(b), c))],
    ['NOT NOT a', not(not(a))],
    ['((a))', a],
    ['(a b) c', and(and(a, b), c)],
    ['(a)(b)', and(a, b)],
    ['( a OR"b" )', or(a, b)],
    ['and or not', and(text('and'), text('or'), text('not'))],
    ['"AND" "OR" "NOT"', and(text('AND'), text('OR'), text('NOT'))],
    ['ANDROID AND=1 NOT* OR,', and(text('ANDROID'), attribute('AND', '1'), text('NOT', true), text('OR,'))],
    ['(service:api OR key=x(y) OR key="z")', or(service('api'), attribute('key', 'x(y)'), attribute('key', 'z'))],
    ['(time* "x y"*)', and(text('time', true), text('x y', true))],
    ['service:api) key=(x)', and(service('api)'), attribute('key', '(x)'))],
  ])('joins %j', (query, tree) => {
    expect(parseQuery(query, 'traces')).toEqual(tree);
  });

  it.each<[string, Query]>([
    ['size>=5', attribute('size', '5', '>=')],
    ['size>5 size<-1.5e3 size<=.5', and(attribute('size', '5', '>'), attribute('size', '-1.5e3', '<'), attribute('size', '.5', '<='))],
    ['"quoted key">=5 "b"<"7"', and(attribute('quoted key', '5', '>='), attribute('b', '7', '<'))],
    ['a!=b "c"!=""', and(attribute('a', 'b', '!='), attribute('c', '', '!='))],
    ['key=* "quoted key"=*', and({ kind: 'exists', key: 'key' }, { kind: 'exists', key: 'quoted key' })],
    ['key!=*', not({ kind: 'exists', key: 'key' })],
    ['key="*" key!="*"', and(attribute('key', '*'), attribute('key', '*', '!='))],
    ['"duration"=5 "Name"=x', and(attribute('duration', '5'), attribute('Name', 'x'))],
  ])('compares attributes: %j', (query, tree) => {
    expect(parseQuery(query, 'traces')).toEqual(tree);
    expect(parseQuery(query, 'logs')).toEqual(tree);
  });

  it.each<[string, Query]>([
    ['name:"GET /cart" name=x', and({ kind: 'name', name: 'GET /cart' }, { kind: 'name', name: 'x' })],
    ['service=api service!=api', and(service('api'), not(service('api')))],
    ['name!="" status!=error', and(not({ kind: 'name', name: '' }), not(status('error')))],
    ['kind:server kind=CLIENT kind:7', and(...[2, 3, 7].map((spanKind): QueryTerm => ({ kind: 'spanKind', spanKind })))],
    ['kind!=unspecified', not({ kind: 'spanKind', spanKind: 0 })],
    ['duration>200ms', duration('>', '200000000')],
    ['duration>=1.5s Duration<2us', and(duration('>=', '1500000000'), duration('<', '2000'))],
    ['duration<=2µs duration=2μs duration:"2us"', and(duration('<=', '2000'), duration('=', '2000'), duration('=', '2000'))],
    ['duration!=1ns duration>1.5m', and(duration('!=', '1'), duration('>', '90000000000'))],
    ['duration>0.000000001s duration<1.2345678h', and(duration('>', '1'), duration('<', '4444444080000'))],
    ['duration<-5ms duration=-0s', and(duration('<', '-5000000'), duration('=', '0'))],
    ['duration<18446744073709551615ns', duration('<', '18446744073709551615')],
  ])('knows the fields of spans: %j', (query, tree) => {
    expect(parseQuery(query, 'traces')).toEqual(tree);
  });

  it.each<[string, Query]>([
    ['service:api card key=1', and(service('api'), text('card'), attribute('key', '1'))],
    ['severity:error', and(severity('>=', 17), severity('<=', 20))],
    ['severity!=Error', not(and(severity('>=', 17), severity('<=', 20)))],
    ['severity>=WARN severity>warn', and(severity('>=', 13), severity('>', 16))],
    ['severity<WARN severity<=WARN', and(severity('<', 13), severity('<=', 16))],
    ['severity:ERROR2 severity>=fatal4', and(severity('=', 18), severity('>=', 24))],
    ['severity=17 severity!=0 severity>9', and(severity('=', 17), severity('!=', 0), severity('>', 9))],
  ])('knows the fields of log records: %j', (query, tree) => {
    expect(parseQuery(query, 'logs')).toEqual(tree);
  });

  it.each<[string, Query]>([
    ['http.route=/orders/* a=*b', and(attributeLike('http.route', wild('/orders/', '')), attributeLike('a', wild('', 'b')))],
    ['a=x*y**z a!=*.css', and(attributeLike('a', wild('x', 'y', 'z')), and(exists('a'), not(attributeLike('a', wild('', '.css')))))],
    ['"a b"="c d"*"e*"*f key=f(*)', and(attributeLike('a b', wild('c d', 'e*', 'f')), attributeLike('key', wild('f(', ')')))],
    ['name:GET* NOT name="GET /"*', and(like('name', wild('GET', '')), not(like('name', wild('GET /', ''))))],
    ['service!=*-api (service:a*)', and(not(like('service', wild('', '-api'))), like('service', wild('a', '')))],
    ['path="/var/*" key=**', and(attribute('path', '/var/*'), exists('key'))],
    [
      'key~^/orders/\\d+$ key!~"a b"',
      and(attributeLike('key', regex('^/orders/\\d+$')), and(exists('key'), not(attributeLike('key', regex('a b'))))),
    ],
    ['name~"^GET \\"x\\" \\\\." service!~(a|b)', and(like('name', regex('^GET "x" \\.')), not(like('service', regex('(a|b)'))))],
    ['~"time.?out" NOT ~"x"', and(like('any', regex('time.?out')), not(like('any', regex('x'))))],
    ['"quoted key"~x (name~a)', and(attributeLike('quoted key', regex('x')), like('name', regex('a')))],
    [
      'size>=10kB size<1.5MiB size>-2KB size>3B size<=0.5kB',
      and(
        ...(
          [
            ['>=', '10000'],
            ['<', '1572864'],
            ['>', '-2000'],
            ['>', '3'],
            ['<=', '500'],
          ] as const
        ).map(([sign, value]) => attribute('size', value, sign)),
      ),
    ],
    ['size=10kB', attribute('size', '10kB')],
    ['/home/~x ~/dir backup~', and(text('/home/~x'), text('~/dir'), text('backup~'))],
  ])('knows stars, regular expressions and sizes: %j', (query, tree) => {
    expect(parseQuery(query, 'traces')).toEqual(tree);
  });

  it('asks bodies of log records', () => {
    expect(parseQuery('body:x body:*y* body~z', 'logs')).toEqual(
      and(like('body', wild('x')), like('body', wild('', 'y', '')), like('body', regex('z'))),
    );
  });

  it.each<[string, number, RegExp]>([
    ['name~(a', 5, /not closed/],
    ['name~"x \\" (a"', 11, /not closed/],
    ['a name~a)b', 8, /closes nothing/],
    ['key~"[)]\\((a"', 10, /not closed/],
    ['key~*x', 4, /nothing here .* repeat/],
    ['key~a|**', 6, /nothing here .* repeat/],
    ['key~ab**', 6, /repeated already/],
    ['key~[a-', 4, /bracket/],
    ['key~"a(?=b)"', 6, /ahead or behind/],
    ['key~"a(?<=b)"', 6, /ahead or behind/],
    ['key~(a)\\1', 7, /Back references/],
    ['key~x[z-a]', 6, /no such class/],
    ['key~a{1001}', 5, /up to 1000 times/],
    ['key~"((a{100}){100}){100}"', 14, /up to 1000 times/],
    ['key~"[^x]{400}[^y]{400}[^z]{400}"', 4, /too large/],
    ['key~"a\\\\"', 6, /backslash at the end/],
    ['name~', 5, /name after name~/],
    ['"key"~', 6, /value after ~ is missing\.$/],
    ['status~err', 6, /: or = and !=, as in status:error/],
    ['duration~5', 8, /:, =, !=, >, >=, < and <=/],
    ['name=~"GET .*"', 4, /with ~ alone/],
    ['key=~"x"', 3, /key~"…"/],
  ])('says where a pattern is wrong: %j', (query, position, message) => {
    expect(errorOf(query)).toEqual({ position, message: expect.stringMatching(message) });
  });

  it.each<[string, number, RegExp]>([
    ['"open', 0, /not closed/],
    ['a service:"open', 10, /not closed/],
    ['"ends with backslash\\"', 0, /not closed/],
    ['"a"b', 3, /space/],
    ['key="a"b', 7, /space/],
    ['"a":b', 3, /space/],
    ['("a"OR b)', 4, /space/],
    ['a"b"', 1, /space/],
    ['*', 0, /letter or a digit/],
    ['a ""', 2, /letter or a digit/],
    ['ok --', 3, /letter or a digit/],
    ['=x', 0, /key before = .*as text/],
    ['a >5', 2, /key before > /],
    ['!=x', 0, /key before != /],
    ['key= x', 4, /value after = .*"key"=""/],
    ['(key!=)', 6, /value after !=/],
    ['service:', 8, /service after/],
    ['(name:)', 6, /name after .*name:"GET \/cart"/],
    ['status:', 7, /error, ok, unset/],
    ['status:bad', 7, /error, ok, unset\.$/],
    ['status=500', 7, /"status"=/],
    ['kind:sever', 5, /server, client, .* or its number/],
    ['status>=error', 6, /: or = and !=, as in status:error/],
    ['service>5', 7, /: or =, !=, ~ and !~/],
    ['a knd:server', 2, /no knd: .*service:, name:, status:, kind:, duration: and key=value/],
    ['duration:>5ms', 9, /h, m, s, ms, us or ns, .* 1\.5s/],
    ['duration>', 9, /number of h, m/],
    ['duration>5', 9, /number of h, m/],
    ['duration>1.5ns', 9, /exact to the nanosecond/],
    ['duration<18446744073709551616ns', 9, /number of h, m/],
    ['duration>slow', 9, /"duration">/],
    ['severity:error', 0, /Spans have no severity; it is for logs\.$/],
    ['size>=big', 6, /Only a number .* B, kB/],
    ['size>5kb', 5, /Only a number .* B, kB/],
    ['latency>5ms', 8, /does not say in which unit/],
    ['day<2026-01-01', 4, /Only a number/],
    ['"a"<""', 4, /Only a number/],
    ['a~=b', 1, /with ~ alone/],
    ['a OR', 4, /missing at the end/],
    ['OR a', 0, /missing before OR/],
    ['a OR AND b', 5, /missing before AND/],
    ['a OR OR "open', 5, /missing before OR/],
    ['NOT', 3, /missing at the end/],
    ['NOT AND', 4, /missing before AND/],
    ['a ()', 3, /missing before this parenthesis/],
    ['(a OR)', 5, /missing before this parenthesis/],
    ['a (b', 2, /not closed/],
    ['(a (b)', 0, /not closed/],
    ['(a))', 3, /could close/],
    [') a', 0, /could close/],
  ])('says where and why it cannot read %j', (query, position, message) => {
    expect(errorOf(query)).toEqual({ position, message: expect.stringMatching(message) });
  });

  it('knows what logs do not have', () => {
    expect(errorOf('card status:error', 'logs')).toEqual({ position: 5, message: 'Log records have no status; it is for traces.' });
    expect(errorOf('duration>5ms', 'logs')?.message).toMatch(/no duration; .*"duration">/);
    expect(errorOf('kind:server', 'logs')?.message).toMatch(/no kind/);
    expect(errorOf('x name=a', 'logs')?.position).toBe(2);
    expect(errorOf('knd:x', 'logs')?.message).toMatch(/There are service:, severity:, body: and key=value/);
    expect(errorOf('severity:loud', 'logs')).toEqual({ position: 9, message: expect.stringContaining('warn, error, fatal or its number') });
  });

  it('has limits, and says where they are', () => {
    expect(errorOf('x'.repeat(1_000_000))).toEqual({ position: 4096, message: expect.stringContaining('4096') });
    expect(errorOf('a '.repeat(1000))).toEqual({ position: 128, message: expect.stringContaining('64 terms') });
    expect(parseQuery('a '.repeat(64), 'traces')).toEqual(and(...Array.from({ length: 64 }, () => a)));
    expect(parseQuery('('.repeat(32) + 'a' + ')'.repeat(32), 'traces')).toEqual(a);
    expect(errorOf('('.repeat(33) + 'a' + ')'.repeat(33))).toEqual({ position: 32, message: expect.stringContaining('32 deep') });
    expect(errorOf('NOT '.repeat(1000) + 'a')).toEqual({ position: 128, message: expect.stringContaining('32 deep') });
  });
});
