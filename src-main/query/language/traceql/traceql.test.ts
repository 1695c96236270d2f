import { describe, expect, it } from 'vitest';
import { QueryError } from '#proto/bridge/query-error';
import { parseQuery } from '../../parse-query.ts';
import { printQuery } from '../print-query.ts';

function errorOf(query: string): { position: number; message: string } | undefined {
  try {
    parseQuery(query, 'traces');
    return undefined;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { position: error.position, message: error.message };
  }
}

describe('A selector of TraceQL', () => {
  it.each([
    ['{ }', ''],
    ['{}', ''],
    ['{ status = error }', 'status:error'],
    ['{status!=ok}', 'status!=ok'],
    ['{ resource.service.name = "api" && duration > 100ms }', 'service:api duration>100ms'],
    ['{ resource.service.name="a" || .service.name = `b c` }', 'service:a OR service:"b c"'],
    [
      '{ resource.service.name = "api" && duration > 100ms && span.http.status_code >= 500 || name =~ "GET.*" }',
      'service:api AND duration>100ms AND http.status_code>=500 OR name~"^GET.*$"',
    ],
    ['{ name != "GET /cart" && span:name !~ "a|b" }', 'name!="GET /cart" name!~"^(?:a|b)$"'],
    ['{ kind = server && span:kind != client }', 'kind:server kind!=client'],
    ['{ span:duration >= 1m30s && duration < 1.5s }', 'duration>=90s duration<1500ms'],
    ['{ 100ms < duration && 500 <= span.code && error = status }', 'duration>100ms code>=500 status:error'],
    ['{ .a = 5 && .b = 1.50 && .c = true && .d = -2 }', 'a=5 b=1.5 c=true d=-2'],
    ['{ .cached && !(.a = "x" || .b != "y") }', 'cached=true NOT (a=x OR b!=y)'],
    ['{ span.x = nil && resource.y != nil }', 'x!=* y=*'],
    ['{ span."with space".more = "v" && event.exception.type =~ "Order.*" }', '"with space.more"=v exception.type~"^Order.*$"'],
    [String.raw`{ .a =~ "\Qx(" && .b =~ "\Qy|\Ez" }`, String.raw`a~"^(?:\Qx(\E)$" b~"^(?:\Qy|\Ez)$"`],
    ['{ .a !~ "x" }', 'a!~"^x$"'],
    ['{ span.service.name = "x" }', 'service.name=x'],
    ['{ status = error } || { duration > 1s }', 'status:error OR duration>1s'],
    [
      'service:api { .a = 1 || .b = 2 } NOT ({ status = error } || {.c} OR x)',
      'service:api (a=1 OR b=2) NOT ((status:error OR c=true) OR x)',
    ],
    ['  {span.http.url="http://x/{id}"}  ', 'http.url=http://x/{id}'],
  ])('means by %j what the query language means by %j', (text, query) => {
    expect(printQuery(parseQuery(text, 'traces'))).toBe(query);
    expect(parseQuery(text, 'traces')).toEqual(parseQuery(query, 'traces'));
  });

  it.each(['{"a": 1}', '{ "key" : "x" }', '{id}', '{foo bar}'])('is not meant by %s', (text) => {
    expect(errorOf(text)?.message ?? '').not.toMatch(/TraceQL|selector/u);
  });

  it.each<[string, number, RegExp]>([
    ['{ status = error } | count() > 2', 19, /^Pipelines of TraceQL/],
    ['{ status = error } >> { kind = client }', 19, /^The structural operator >> /],
    ['{ status = error } !> { }', 19, /^The structural operator !> /],
    ['{ status = error } ~ { }', 19, /^The structural operator ~ /],
    ['{ .a = 1 } &>> { .b = 2 }', 11, /^The structural operator &>> /],
    ['{ .a = 1 } && { .b = 2 }', 11, /two spans of a trace/],
    ['{ .a = 1 } with (most_recent=true)', 11, /^Hints/],
    ['{ .a = 1 }x', 10, /closing brace/],
    ['{ .a = 1 } OR', 13, /missing at the end/],
    ['{ .a = 1 } || x', 14, /selector in braces is missing/],
    ['{ traceDuration > 1s }', 2, /^traceDuration of TraceQL is not supported/],
    ['{ .a = 1 && trace:rootName = "x" }', 12, /^trace:rootName of TraceQL/],
    ['{ statusMessage = "x" }', 2, /by their words/],
    ['{ span:id = "x" }', 2, /is not searched/],
    ['{ link.x = "y" }', 2, /Links are not searched/],
    ['{ parent.x = "y" }', 2, /spans around it/],
    ['{ foo = "x" }', 2, /has no foo\. .* span\.foo or \.foo/],
    ['{ service="x" }', 2, /has no service\./],
    ['{ .a + 1 > 2 }', 5, /^Arithmetic \(\+\)/],
    ['{ .a = .b }', 5, /two fields/],
    ['{ 1 = 1 }', 4, /two values/],
    ['{ duration && .a }', 11, /comparison is missing/],
    ['{ true && .a }', 7, /comparison is missing/],
    ['{ duration > 5 }', 13, /^A duration is/],
    ['{ duration =~ "5" }', 11, /Only texts/],
    ['{ .a > 5ms }', 7, /number without a unit/],
    ['{ .a > "x" }', 7, /number without a unit/],
    ['{ status = "error" }', 11, /without quotes/],
    ['{ kind = lost }', 9, /no lost/],
    ['{ name =~ "a(" }', 12, /not closed/],
    ['{ name = x }', 9, /has no x/],
    ['{ name =~ server }', 10, /in quotes/],
    ['{ name = "x', 9, /not closed/],
    ['{ .a = 1', 8, /not closed here: .* \}/],
    ['{ (.a = 1 }', 10, /not closed here: .* \)/],
    ['{ .a = }', 7, /value is missing/],
    ['{ .a = 1 && }', 12, /value is missing/],
    ['{ .a = 1 ; }', 9, /not part of a selector/],
    ['{ .a = `x }', 7, /not closed/],
    [`{ ${'!('.repeat(40)}.a`, 2 + 32, /32 deep/],
    [`{ ${Array.from({ length: 65 }, () => '.a=1').join('&&')} }`, 2 + 64 * 6, /64 terms/],
  ])('is told of what is not understood in %j', (query, position, message) => {
    expect(errorOf(query)).toEqual({ position, message: expect.stringMatching(message) });
  });
});
