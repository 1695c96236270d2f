import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { TraceAnalysis } from '#proto/bridge/trace-analysis';
import type { Span } from '#proto/model/span';
import { attribute, logOf, logsFrom, spanIdOf, spanOf, spansFrom, temporaryDirectory, traceIdOf } from '#main/store/records.fixture';
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
const failed = { code: 2, message: '' };

const analyse = (traceId = traceIdOf(1)) => TraceAnalysis.parse(ask.analyseTrace({ traceId }));

describe('analyseTrace', () => {
  it('knows nothing of a trace that was never sent', () => expect(ask.analyseTrace({ traceId: traceIdOf(404) })).toBeUndefined());

  it('tells what a trace waited for, where its time went and why it failed', () => {
    const root = lasting(0, 100, { name: 'GET /cart', status: failed });
    const call = lasting(10, 90, {
      name: 'SELECT',
      kind: 3,
      parentSpanId: root.spanId,
      status: { code: 2, message: 'no' },
      events: [
        {
          timeUnixNano: String(start + 80_000_000n),
          name: 'exception',
          attributes: [
            attribute('exception.type', 'DbError'),
            attribute('exception.message', 'gone'),
            attribute('exception.stacktrace', 'at x'),
          ],
          droppedAttributesCount: 0,
        },
      ],
    });
    writer.append([spansFrom('api', root), spansFrom('db', call)]);
    const place = { spanId: call.spanId, name: 'SELECT', service: 'db' };
    const rootPlace = { spanId: root.spanId, name: 'GET /cart', service: 'api' };
    expect(analyse()).toEqual({
      summary: ask.openTrace({ traceId: root.traceId })?.summary,
      rootCause: {
        sentence: 'DbError: gone — SELECT in db',
        span: place,
        statusMessage: 'no',
        exception: { type: 'DbError', message: 'gone', stacktrace: 'at x' },
        path: [rootPlace, place],
      },
      criticalPath: {
        totalNs: 100e6,
        spans: [
          { ...place, onPathNs: 80e6, share: 0.8 },
          { ...rootPlace, onPathNs: 20e6, share: 0.2 },
        ],
        others: 0,
      },
      selfTime: {
        services: [
          { service: 'db', spanCount: 1, errorCount: 1, selfNs: 80e6, share: 0.8 },
          { service: 'api', spanCount: 1, errorCount: 1, selfNs: 20e6, share: 0.2 },
        ],
        operations: [
          { service: 'db', name: 'SELECT', spanCount: 1, errorCount: 1, selfNs: 80e6, share: 0.8, slowestSpanId: call.spanId },
          { service: 'api', name: 'GET /cart', spanCount: 1, errorCount: 1, selfNs: 20e6, share: 0.2, slowestSpanId: root.spanId },
        ],
        otherOperations: 0,
      },
      problems: [],
      clockSkew: [],
      percentiles: [rootPlace, place].map((one) => ({
        ...one,
        durationNs: one === rootPlace ? 100e6 : 80e6,
        standing: '',
        spanCount: 1,
        more: false,
        medianNs: expect.any(Number),
        p95Ns: expect.any(Number),
      })),
    });
  });

  it('says who dealt with a failure, and takes its exception from the log where the span has none', () => {
    const root = lasting(0, 100, { name: 'GET /' });
    const attempt = lasting(10, 20, { name: 'attempt', parentSpanId: root.spanId, status: failed });
    writer.append([spansFrom('api', root, attempt)]);
    const where = { traceId: root.traceId, spanId: attempt.spanId };
    writer.append([
      logsFrom(
        'api',
        logOf({ ...where, attributes: [attribute('exception.type', 'Timeout')] }),
        logOf({ ...where, timeUnixNano: '1800000000000000000' }),
      ),
    ]);
    expect(analyse().rootCause).toMatchObject({
      sentence: 'Timeout — attempt in api; handled by GET / in api',
      exception: { type: 'Timeout' },
      handledBy: { spanId: root.spanId },
    });
  });

  it('compares the root and the slowest operations with what is stored', () => {
    for (let trace = 1; trace <= 30; trace += 1)
      writer.append([spansFrom('api', lasting(0, trace, { traceId: traceIdOf(trace), name: 'GET /' }))]);
    expect(analyse(traceIdOf(28)).percentiles).toMatchObject([
      { name: 'GET /', durationNs: 28e6, spanCount: 30, more: false, standing: 'slower than 90 % of 30 spans of this operation' },
    ]);
  });

  it('says in words what is odd, and names the spans', () => {
    const orphan = lasting(0, 10, { parentSpanId: spanIdOf(0xffff) });
    const early = lasting(-50, -45, { parentSpanId: orphan.spanId });
    writer.append([spansFrom('api', orphan), spansFrom('db', early)]);
    const { problems, clockSkew } = analyse();
    expect(problems.map(({ message }) => message)).toEqual([
      'no root span yet',
      '1 span whose parent has not arrived',
      'The clock of db seems to be about 52.5 ms behind that of api: its span lies outside its parent',
    ]);
    expect(problems[1]).toHaveProperty('spanId', orphan.spanId);
    expect(clockSkew).toMatchObject([{ service: 'db', against: 'api', shiftNs: 52.5e6, outside: 1, calls: 1, spanId: early.spanId }]);
  });

  it('stays small for large traces, and says what it leaves out', () => {
    const root = lasting(0, 5000, { name: 'root' });
    const spans = Array.from({ length: 2000 }, (_, at) => lasting(at, at + 1, { name: `call ${at % 100}`, parentSpanId: root.spanId }));
    writer.append([spansFrom('api', root, ...spans)]);
    const { criticalPath, selfTime, percentiles } = analyse();
    expect(criticalPath.spans).toHaveLength(15);
    expect(criticalPath.others).toBe(1986);
    expect(selfTime.operations).toHaveLength(15);
    expect(selfTime.otherOperations).toBe(86);
    expect(percentiles).toHaveLength(4);
  });
});
