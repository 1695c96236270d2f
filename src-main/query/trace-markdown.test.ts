import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Span } from '#proto/model/span';
import { attribute, logOf, logsFrom, spanOf, spansFrom, temporaryDirectory, traceIdOf } from '#main/store/records.fixture';
import { openWriter, type OpenedWriter } from '#main/store/write/writer';
import { openQuestions, type OpenQuestions } from './questions.ts';

let writer: OpenedWriter;
let ask: OpenQuestions;

beforeEach(() => {
  const directory = temporaryDirectory();
  writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  ask = openQuestions(directory);
  onTestFinished(() => {
    ask.close();
    writer.close();
  });
});

const start = 1_700_000_000_000_000_000n;
const lasting = (fromMs: number, toMs: number, fields: Partial<Span>): Span =>
  spanOf({ startTimeUnixNano: String(start + BigInt(fromMs * 1e6)), endTimeUnixNano: String(start + BigInt(toMs * 1e6)), ...fields });

const exceptionOf = (type: string, message: string, stacktrace: string) => ({
  timeUnixNano: String(start + 80_000_000n),
  name: 'exception',
  attributes: [attribute('exception.type', type), attribute('exception.message', message), attribute('exception.stacktrace', stacktrace)],
  droppedAttributesCount: 0,
});

const markdown = (): string => ask.traceMarkdown({ traceId: traceIdOf(1) }) ?? '';

/** What stands outside of code: all that Markdown could read as markup. */
const outsideCode = (text: string): string =>
  text.replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, 'BLOCK').replaceAll(/(?<!`)(`+)(?!`)([^\n]*?)(?<!`)\1(?!`)/g, 'CODE');

describe('traceMarkdown', () => {
  it('knows nothing of a trace that was never sent', () => expect(ask.traceMarkdown({ traceId: traceIdOf(404) })).toBeUndefined());

  it('tells a failed trace from its facts to its tree', () => {
    const root = lasting(0, 100, {
      name: 'GET /cart',
      status: { code: 2, message: '' },
      attributes: [attribute('http.response.status_code', { intValue: '500' })],
    });
    const call = lasting(10, 90, {
      name: 'SELECT',
      kind: 3,
      parentSpanId: root.spanId,
      status: { code: 2, message: 'no' },
      attributes: [attribute('db.system', 'postgresql'), attribute('db.connection_string', 'postgres://app:hunter2@db/shop')],
      events: [exceptionOf('DbError', 'gone', 'DbError: gone\n  at query (/app/db.js:1:2)')],
    });
    writer.append([spansFrom('api', root), spansFrom('db', call)]);
    writer.append([
      logsFrom(
        'db',
        logOf({
          traceId: root.traceId,
          spanId: call.spanId,
          timeUnixNano: String(start + 20_000_000n),
          body: { stringValue: 'connecting with password=hunter2' },
        }),
      ),
    ]);
    expect(markdown()).toBe(`# Trace \`GET /cart\` in \`api\`

- Trace id: ${traceIdOf(1)}
- Started 2023-11-14T22:13:20.000Z, took 100 ms
- 2 spans, 2 errors, 1 log record
- Services: \`api\` (1 span, 1 error), \`db\` (1 span, 1 error)

## Root cause

\`DbError: gone — SELECT in db\`

Span ${call.spanId}. Failing path: \`GET /cart\` in \`api\` → \`SELECT\` in \`db\`

Status message: \`no\`

\`\`\`text
DbError: gone
  at query (/app/db.js:1:2)
\`\`\`

- \`db.system\`: \`postgresql\`
- \`db.connection_string\`: \`postgres://app:‹masked›@db/shop\`

### Logged in failed spans

\`\`\`text
+20 ms INFO [db] connecting with password=‹masked›
\`\`\`

### Other failed spans

- \`GET /cart\` in \`api\`, span ${root.spanId}: \`HTTP 500\`

## Where the time went

Critical path, 100 ms:

- 80 %, 80 ms: \`SELECT\` in \`db\`
- 20 %, 20 ms: \`GET /cart\` in \`api\`

Self time by service:

- 80 %, 80 ms: \`db\`
- 20 %, 20 ms: \`api\`

## Spans

Indented by parent: name, service, duration (self time), start after the start of the trace.

\`\`\`text
GET /cart [api] 100 ms (self 20 ms) +0 ms ERROR span=${root.spanId} http.response.status_code=500
  SELECT [db] 80 ms +10 ms ERROR span=${call.spanId} db.system.name=postgresql
\`\`\`

Written by Sidelight. What looked like a secret is masked.
`);
  });

  it('folds what is alike, and stays short however large the trace is', () => {
    const root = lasting(0, 9000, { name: 'root' });
    const queries = Array.from({ length: 50 }, (_, at) => lasting(at, at + 1, { name: 'SELECT', parentSpanId: root.spanId }));
    writer.append([spansFrom('api', root, ...queries)]);
    expect(markdown()).toContain('  ×50 SELECT [api] 50 ms together +0 ms');
    const many = Array.from({ length: 5000 }, (_, at) => lasting(100 + at, 102 + at, { name: `step ${at}`, parentSpanId: root.spanId }));
    writer.append([spansFrom('api', ...many)]);
    const text = markdown();
    expect(text.split('\n').length).toBeLessThan(300);
    expect(text).toMatch(/root \[api] .* \([\d,]+ spans below not shown\)/);
    expect(text).toMatch(/The [\d,]+ spans shown are those that failed and the longest; [\d,]+ spans left out\./);
  });

  it('lets nothing from outside be markup, break out of code, or be invisible', () => {
    const hostile = '` ``` ~~~ <script>alert(1)</script> [x](http://evil) ![i](http://evil)\n# Heading\n```\n| a | \u202e \u001b[2J';
    const span = lasting(0, 10, {
      name: hostile,
      status: { code: 2, message: hostile },
      attributes: [attribute(hostile, hostile), attribute('error.type', hostile)],
      events: [exceptionOf(hostile, hostile, hostile)],
    });
    writer.append([
      spansFrom(hostile, span, lasting(1, 2, { name: hostile, parentSpanId: span.spanId, status: { code: 2, message: hostile } })),
    ]);
    writer.append([logsFrom(hostile, logOf({ traceId: span.traceId, spanId: span.spanId, body: { stringValue: hostile } }))]);
    const text = markdown();
    expect(['\u202e', '\u001b'].some((character) => text.includes(character))).toBe(false);
    const rest = outsideCode(text);
    expect(rest).not.toMatch(/[<[\]`|~]|evil|alert/);
    expect(rest.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(6);
  });

  it('masks secrets wherever they are', () => {
    const secret = 'Bearer abc123def456';
    const span = lasting(0, 10, {
      name: `call ${secret}`,
      status: { code: 2, message: secret },
      attributes: [attribute('http.request.header.authorization', 'abc123def456'), attribute('url.full', 'https://x/?token=abc123def456')],
      events: [exceptionOf('E', secret, `E: ${secret}\n at x`)],
    });
    writer.append([spansFrom('api', span)]);
    writer.append([logsFrom('api', logOf({ traceId: span.traceId, spanId: span.spanId, body: { stringValue: secret } }))]);
    expect(markdown()).not.toContain('abc123def456');
  });
});
