import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { QueryError } from '#proto/bridge/query-error';
import { LogItem, LogPage, mostEvents, ServiceList, SpanDetail, TracePage, TraceSpans, TraceStructure } from '#proto/bridge/shapes';
import {
  attribute,
  logOf,
  logsFrom,
  resourceOf,
  plainScope,
  spanIdOf,
  spanOf,
  spansFrom,
  temporaryDirectory,
  traceIdOf,
} from '#main/store/records.fixture';
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

const finds = (query: string): boolean => ask.searchTraces({ query, limit: 10 }).items.length === 1;

/** How many a search finds; what it throws, where that is about the query. */
function outcomeOf(search: () => { items: unknown[] }): number | 'query error' {
  try {
    return search().items.length;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return 'query error';
  }
}

function bodies(order: 'newest' | 'oldest'): unknown[] {
  const seen: unknown[] = [];
  for (let cursor: string | undefined; ;) {
    const page = LogPage.parse(ask.searchLogs({ ...logSearch, order, limit: 2, cursor }));
    seen.push(...page.items.map(({ body }) => body));
    cursor = page.nextCursor;
    if (cursor === undefined) return seen;
  }
}

const logSearch = { query: '', limit: 100, minSeverity: 0, order: 'newest' } as const;
const hostile = [
  `' OR 1=1 --`,
  '"',
  '*',
  'NEAR(a b)',
  'col:x',
  'span_text:x',
  '^a',
  'a AND',
  '{a b}: c',
  '"\0"',
  '\0',
  'a\0b',
  '\uE000',
  '\u{10FFFF}x',
  "key='); DROP TABLE span; --",
];

describe('openTrace', () => {
  it('gives a trace in columns, in order of start', () => {
    const root = spanOf({ name: 'root', startTimeUnixNano: '1000', endTimeUnixNano: '9000' });
    const child = spanOf({
      name: 'child',
      parentSpanId: root.spanId,
      kind: 3,
      startTimeUnixNano: '2000',
      endTimeUnixNano: '1500',
      status: { code: 2, message: 'refused' },
      events: [
        { timeUnixNano: '1', name: 'too early', attributes: [], droppedAttributesCount: 0 },
        { timeUnixNano: '2600', name: 'exception', attributes: [attribute('exception.type', 'ValueError')], droppedAttributesCount: 0 },
      ],
    });
    const orphan = spanOf({ name: 'child', parentSpanId: spanIdOf(0xffff), startTimeUnixNano: '500', endTimeUnixNano: '600' });
    writer.append([spansFrom('worker', child, orphan), spansFrom('api', root)]);
    writer.append([logsFrom('api', logOf({ traceId: root.traceId, spanId: child.spanId }), logOf({ traceId: root.traceId }))]);
    const structure = TraceStructure.parse(ask.openTrace({ traceId: root.traceId }));
    const text = (column: number[]): (string | undefined)[] => column.map((index) => structure.strings[index]);
    expect(structure).toMatchObject({
      summary: { rootName: 'root', rootService: 'api', hasRoot: true, startTimeUnixNano: '500', durationNano: '8500', logCount: 2 },
      spanId: [orphan.spanId, root.spanId, child.spanId],
      parent: [-2, -1, 1],
      offsetNs: [0, 500, 1500],
      durationNs: [100, 8000, -500],
      kind: [2, 2, 3],
      statusCode: [0, 0, 2],
      eventCount: [0, 0, 2],
      logCount: [0, 0, 1],
      eventSpan: [2, 2],
      eventOffsetNs: [-499, 2100],
      eventIsException: [0, 1],
    });
    expect(text(structure.name)).toEqual(['child', 'root', 'child']);
    expect(text(structure.service)).toEqual(['worker', 'api', 'worker']);
    expect(text(structure.statusMessage)).toEqual(['', '', 'refused']);
    expect(new Set(structure.strings).size).toBe(structure.strings.length);
  });

  it('gives cycles and spans that are their own parents as they were sent', () => {
    const [a, b] = [spanOf({}), spanOf({})];
    const self = spanOf({});
    writer.append([
      spansFrom('api', { ...a, parentSpanId: b.spanId }, { ...b, parentSpanId: a.spanId }, { ...self, parentSpanId: self.spanId }),
    ]);
    expect(ask.openTrace({ traceId: a.traceId })).toMatchObject({
      spanId: [a.spanId, b.spanId, self.spanId],
      parent: [1, 0, 2],
      summary: { hasRoot: false },
    });
  });

  it('places the events of the first spans, as many as a timeline can show', () => {
    const events = Array.from({ length: 15_000 }, () => ({ timeUnixNano: '5', name: 'e', attributes: [], droppedAttributesCount: 0 }));
    const [first, second] = [spanOf({ startTimeUnixNano: '1', events }), spanOf({ startTimeUnixNano: '2', events })];
    writer.append([spansFrom('api', second, first)]);
    const structure = ask.openTrace({ traceId: first.traceId });
    expect(structure?.eventCount).toEqual([15_000, 15_000]);
    expect(structure?.eventSpan).toHaveLength(mostEvents);
    expect(structure?.eventSpan.filter((row) => row === 0)).toHaveLength(15_000);
  });

  it('opens a trace of fifty thousand siblings', () => {
    const root = spanOf({});
    writer.append([spansFrom('api', root, ...Array.from({ length: 50_000 }, () => spanOf({ parentSpanId: root.spanId })))]);
    const structure = ask.openTrace({ traceId: root.traceId });
    expect(structure?.parent).toHaveLength(50_001);
    expect(structure?.parent.filter((parent) => parent === 0)).toHaveLength(50_000);
  });

  it('knows nothing of a trace that was never sent', () => {
    expect(ask.openTrace({ traceId: traceIdOf(404) })).toBeUndefined();
    expect(ask.traceSpans({ traceId: traceIdOf(404), limit: 10 })).toBeUndefined();
    expect(ask.span({ traceId: traceIdOf(404), spanId: spanIdOf(1) })).toBeUndefined();
  });
});

describe('traceSpans', () => {
  it('gives every span once, page by page, with resource and scope', () => {
    const starts = ['18446744073709551615', '0', '7', '7', '7', '9223372036854775808', '1'];
    const spans = starts.map((startTimeUnixNano) => spanOf({ startTimeUnixNano }));
    writer.append([spansFrom('api', ...spans)]);
    const seen: SpanDetail[] = [];
    for (let cursor: string | undefined; ;) {
      const page = TraceSpans.parse(ask.traceSpans({ traceId: traceIdOf(1), limit: 2, cursor }));
      seen.push(...page.spans);
      cursor = page.nextCursor;
      if (cursor === undefined) break;
      expect(page.spans).toHaveLength(2);
    }
    const order = [1, 6, 2, 3, 4, 5, 0].map((n) => spans[n]);
    expect(seen).toEqual(order.map((span) => ({ ...span, resource: resourceOf('api'), scope: plainScope })));
    expect(SpanDetail.parse(ask.span({ traceId: traceIdOf(1), spanId: seen[0]?.spanId ?? '' }))).toEqual(seen[0]);
  });
});

describe('searchTraces', () => {
  it('pages newest first, and ends', () => {
    for (let n = 1; n <= 5; n += 1) writer.append([spansFrom('api', spanOf({ traceId: traceIdOf(n) }))]);
    const first = TracePage.parse(ask.searchTraces({ query: '', limit: 3 }));
    expect(first.items.map(({ traceId }) => traceId)).toEqual([5, 4, 3].map(traceIdOf));
    writer.append([spansFrom('api', spanOf({ traceId: traceIdOf(6) }))]);
    const second = ask.searchTraces({ query: '', limit: 3, cursor: first.nextCursor });
    expect(second.items.map(({ traceId }) => traceId)).toEqual([2, 1].map(traceIdOf));
    expect(second).not.toHaveProperty('nextCursor');
    expect(ask.searchTraces({ query: '', limit: 6 })).not.toHaveProperty('nextCursor');
  });

  it('finds a trace when one span of it meets all terms', () => {
    const [api, worker] = [spanOf({ name: 'POST /checkout' }), spanOf({ name: 'charge', status: { code: 2, message: 'card declined' } })];
    writer.append([spansFrom('api', api), spansFrom('worker', worker)]);
    const met = [
      'checkout status:unset',
      'service:worker status:error',
      '"card decl"*',
      'service:api OR service:cart',
      'service:api NOT declined',
    ];
    expect(met.filter(finds)).toEqual(met);
    const unmet = [
      'checkout declined',
      'service:api status:error',
      'service:api service:worker',
      'status:ok',
      '"declined card"',
      'service:cart',
    ];
    expect(unmet.filter(finds)).toEqual([]);
  });

  it('takes old and new names of an attribute for one', () => {
    writer.append([
      spansFrom('api', spanOf({ attributes: [attribute('http.method', 'GET'), attribute('http.status_code', { intValue: '503' })] })),
    ]);
    expect(['http.method=GET', 'http.request.method=GET', 'http.response.status_code=503', 'service.name=api'].filter(finds)).toHaveLength(
      4,
    );
    expect(['http.method=get', 'http.response.status_code=50'].filter(finds)).toEqual([]);
  });

  it.each([...hostile, 'x'.repeat(1_000_000), 'x '.repeat(1000), '"a" '.repeat(64), 'k=v '.repeat(64), `"${'a '.repeat(2000)}"`])(
    'answers or says what is wrong with hostile query %#',
    (query) => {
      writer.append([spansFrom('api', spanOf({})), logsFrom('api', logOf({}))]);
      expect([0, 'query error']).toContain(outcomeOf(() => ask.searchTraces({ query, limit: 10 })));
      expect([0, 'query error']).toContain(outcomeOf(() => ask.searchLogs({ ...logSearch, query })));
      expect(ask.searchTraces({ query: '', limit: 10 }).items).toHaveLength(1);
    },
  );

  it.each([
    '',
    'x',
    '!!!!',
    'MQ.Mg',
    Buffer.from('1.2').toString('base64url'),
    Buffer.from("1' OR 1").toString('base64url'),
    'x'.repeat(10_000),
  ])('says that cursor %j is none', (cursor) => {
    expect(() => ask.searchTraces({ query: '', limit: 10, cursor })).toThrow(QueryError);
  });
});

describe('searchLogs', () => {
  it('pages by effective time, and by arrival within one moment, in both directions', () => {
    const times = ['5', '3', '0', '5', '18446744073709551615', '5', '9223372036854775808'];
    const records = times.map((timeUnixNano, n) =>
      logOf({ timeUnixNano, observedTimeUnixNano: n === 2 ? '4' : '9', body: { intValue: String(n) } }),
    );
    writer.append([logsFrom('api', ...records)]);
    const expected = [1, 2, 0, 3, 5, 6, 4].map((n) => ({ intValue: String(n) }));
    expect(bodies('oldest')).toEqual(expected);
    expect(bodies('newest')).toEqual(expected.toReversed());
  });

  it('takes the time of arrival where a record has none', () => {
    writer.append([logsFrom('api', logOf({ timeUnixNano: '0', observedTimeUnixNano: '0' }))]);
    expect(ask.searchLogs(logSearch).items).toMatchObject([{ effectiveTimeUnixNano: '1700000001000000000', timeUnixNano: '0' }]);
  });

  it('gives one record by its id, as a search gives it', () => {
    writer.append([logsFrom('api', logOf({ body: { stringValue: 'one' } }), logOf({ body: { stringValue: 'two' } }))]);
    const { items } = ask.searchLogs(logSearch);
    expect(items.map(({ id }) => LogItem.parse(ask.log({ id })))).toEqual(items);
    expect(ask.log({ id: '99' })).toBeUndefined();
  });

  it('filters by severity, span, service, words and attributes together', () => {
    const span = spanOf({});
    const wanted = logOf({
      severityNumber: 17,
      traceId: span.traceId,
      spanId: span.spanId,
      body: { stringValue: 'card declined' },
      attributes: [attribute('attempt', { intValue: '3' })],
    });
    writer.append([
      logsFrom('api', wanted, { ...wanted, severityNumber: 9 }, { ...wanted, spanId: spanIdOf(1) }, logOf({})),
      logsFrom('worker', wanted),
    ]);
    const search = { ...logSearch, query: 'service:api declined attempt=3', traceId: span.traceId, spanId: span.spanId, minSeverity: 17 };
    expect(ask.searchLogs(search).items).toMatchObject([{ ...wanted, serviceName: 'api' }]);
    expect(() => ask.searchLogs({ ...search, query: 'status:error' })).toThrow(QueryError);
    expect(() => ask.searchLogs({ ...search, cursor: 'nonsense' })).toThrow(QueryError);
  });
});

describe('services and counts', () => {
  it('tell what is stored', () => {
    writer.append([spansFrom('api', spanOf({ status: { code: 2, message: '' } })), logsFrom('api', logOf({}))]);
    expect(ServiceList.parse({ items: ask.services() }).items).toMatchObject([{ name: 'api', spanCount: 1, errorCount: 1, logCount: 1 }]);
  });
});
