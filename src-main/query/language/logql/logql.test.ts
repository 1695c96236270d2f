import { describe, expect, it } from 'vitest';
import { QueryError } from '#proto/bridge/query-error';
import { parseQuery } from '../../parse-query.ts';
import { printQuery } from '../print-query.ts';

function errorOf(query: string): { position: number; message: string } | undefined {
  try {
    parseQuery(query, 'logs');
    return undefined;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { position: error.position, message: error.message };
  }
}

describe('A selector of LogQL', () => {
  it.each([
    ['{service="api"}', 'service:api'],
    ['{service_name!="api"}', 'service!=api'],
    ['{service_name=~"api|web"}', 'service~"^(?:api|web)$"'],
    ['{service="api"} |= "timed out"', 'service:api body:*"timed out"*'],
    ['{service="api"} |= "a" or "b" != "c"', 'service:api (body:*a* OR body:*b*) body!=*c*'],
    ['{service="api"} |~ `time.?out \\d+` !~ "x"', 'service:api body~"time.?out \\d+" body!~"x"'],
    ['{service="api"} |= "*"', 'service:api body:*"*"*'],
    ['{service="api"} |= "text" | json | level="ERROR"', 'service:api body:*text* severity:error'],
    ['{service="api", level=~"warn|error"}', 'service:api (severity:warn OR severity:error)'],
    ['{service="api"} | logfmt | level!="warning"', 'service:api severity!=warn'],
    ['{job="x"} | retries >= 3 and size < 10 or ok="1"', 'job=x (retries>=3 AND size<10 OR ok=1)'],
    ['{job="x"} | (a="1" or b="2"), c="3"', 'job=x ((a=1 OR b=2) c=3)'],
    ['{user_id="7"}', 'user_id=7 OR user.id=7'],
    ['{user_id!="7"}', 'NOT (user_id=7 OR user.id=7)'],
    ['{job=""}', 'job!=*'],
    ['{job!=""}', 'NOT job!=*'],
    ['{job=~"a.*"}', 'job~"^a.*$"'],
    ['card {job="x"} |= "y" NOT ({job="z"})', 'card (job=x body:*y*) NOT job=z'],
  ])('means by %j what the query language means by %j', (text, query) => {
    expect(printQuery(parseQuery(text, 'logs'))).toBe(query);
    expect(parseQuery(query, 'logs')).toEqual(parseQuery(text, 'logs'));
  });

  it('knows the names of OpenTelemetry behind those of Loki', () => {
    expect(printQuery(parseQuery('{http_status_code="5"}', 'logs'))).toBe(
      'http_status_code=5 OR http_status.code=5 OR http.status_code=5 OR http.status.code=5',
    );
    expect(printQuery(parseQuery('{a_b_c_d_e="5"}', 'logs'))).toBe('a_b_c_d_e=5 OR a.b.c.d.e=5');
  });

  it.each(['{"a": 1}', '{user=42, x=1}', '{id}', '{}'])('is not meant by %s', (text) => {
    expect(errorOf(text)?.message ?? '').not.toMatch(/LogQL|selector/u);
  });

  it.each<[string, number, RegExp]>([
    ['{job="x"} | line_format "{{.a}}"', 12, /^The stage line_format of LogQL/],
    ['{job="x"} | unwrap a', 12, /^The stage unwrap of LogQL/],
    ['{job="x"} |', 11, /^A stage is missing/],
    ['{job="x"} [5m]', 9, /^Ranges/],
    ['{job="x"} |> "a"', 10, /^This filter of LogQL/],
    ['{job="x"} |= a', 13, /text in quotes is missing/],
    ['{job="x"} |~ "(a"', 14, /not closed/],
    ['{job="x", }', 10, /label is missing/],
    ['{job="x", a}', 11, /comparison is missing/],
    ['{job="x", a=b}', 12, /value in quotes/],
    ['{job="x"', 8, /not closed here/],
    ['{job="x"} | (a="1"', 18, /not closed here/],
    ['{level="loud"}', 7, /^A level is/],
    ['{job="x"} | level > "a"', 18, /A level can be compared/],
    ['{job="x"} | a > "b"', 14, /Only a number/],
    ['{job="x"} | a > 5ms', 16, /Only a number/],
    ['{service="x"} | service > 5', 26, /has to be in quotes/],
    ['{job="x"}y', 9, /closing brace/],
  ])('is told of what is not understood in %j', (query, position, message) => {
    expect(errorOf(query)).toEqual({ position, message: expect.stringMatching(message) });
  });
});
