import { describe, expect, it } from 'vitest';
import type { ScopedRecords } from '#proto/model/batch';
import type { LogRecord } from '#proto/model/log';
import { logContext } from '#proto/model/semantic-conventions';
import type { Span } from '#proto/model/span';
import { randomNumbers } from '../fixtures/damage.ts';
import { field, rawRequest, toProtobuf } from '../fixtures/encode.ts';
import { logsRequest, spanId, traceId, traceRequest } from '../fixtures/requests.ts';
import { encodeLogs, encodeTraces } from './encode.ts';
import { RandomRecords } from './random.fixture.ts';
import { readBody, readKeyValue, readLog, readSpan, readText, rowsOfTrace } from './records.ts';
import { walkLogs } from './walk-logs.ts';
import { walkSpans } from './walk-spans.ts';
import { noRow, type Walked, type WalkedLogs, type WalkedSpans } from './walked.ts';

const rounds = 200;
const idOf = (hex: string): bigint => BigInt(`0x${hex || '0'}`);
const slice = (rows: Uint32Array, from: Uint32Array, row: number): number[] => [...rows.subarray(from[row], from[row + 1])];

function traceIdOf(walked: Walked, row: number): string {
  const trace = walked.trace[row] ?? noRow;
  return trace === noRow ? '' : Buffer.from(walked.traceIds.subarray(trace * 16, trace * 16 + 16)).toString('hex');
}

/** A row of columns as what it says. */
function spanOfColumns(walked: WalkedSpans, row: number) {
  return {
    traceId: traceIdOf(walked, row),
    spanId: walked.spanIds[row],
    parentSpanId: walked.parentSpanIds[row],
    name: readText(walked, walked.name[row] ?? noRow),
    kind: walked.kind[row],
    status: { code: walked.statusCode[row], message: readText(walked, walked.statusMessage[row] ?? noRow) },
    start: walked.startNs[row],
    end: walked.endNs[row],
    events: walked.eventCount[row],
    attributes: slice(walked.attributeRows, walked.attributeFrom, row).map((attribute) => readKeyValue(walked, attribute)),
    texts: slice(walked.textRows, walked.textFrom, row)
      .map((text) => readText(walked, text))
      .toSorted(),
  };
}

function expectedSpan(span: Span): ReturnType<typeof spanOfColumns> {
  return {
    traceId: span.traceId,
    spanId: idOf(span.spanId),
    parentSpanId: idOf(span.parentSpanId),
    name: span.name,
    kind: span.kind,
    status: span.status,
    start: BigInt(span.startTimeUnixNano),
    end: BigInt(span.endTimeUnixNano),
    events: span.events.length,
    attributes: [...span.attributes, ...span.events.flatMap(({ attributes }) => attributes)],
    texts: [span.name, span.status.message, ...span.events.map(({ name }) => name)].filter((text) => text !== '').toSorted(),
  };
}

function logOfColumns(walked: WalkedLogs, row: number) {
  return {
    traceId: traceIdOf(walked, row),
    spanId: walked.spanIds[row],
    severity: walked.severity[row],
    time: walked.timeNs[row],
    observed: walked.observedNs[row],
    body: readBody(walked, row),
    attributes: slice(walked.attributeRows, walked.attributeFrom, row).map((attribute) => readKeyValue(walked, attribute)),
    texts: slice(walked.textRows, walked.textFrom, row).map((text) => readText(walked, text)),
  };
}

function expectedLog(record: LogRecord): ReturnType<typeof logOfColumns> {
  const context = logContext(record);
  return {
    traceId: context.traceId,
    spanId: idOf(context.spanId),
    severity: record.severityNumber,
    time: BigInt(record.timeUnixNano),
    observed: BigInt(record.observedTimeUnixNano),
    body: record.body,
    attributes: record.attributes,
    texts: [record.severityText, record.eventName].filter((text) => text !== ''),
  };
}

function expectSources<Item>(walked: Walked, groups: ScopedRecords<Item>[]): void {
  const sources = groups.flatMap(({ resource, scope, items }) => items.map(() => ({ resource, scope })));
  expect([...walked.source].map((row) => ({ resource: walked.sources[row]?.resource, scope: walked.sources[row]?.scope }))).toEqual(
    sources,
  );
  expect(walked.sources.reduce((sum, { count }) => sum + count, 0)).toBe(walked.count);
  expect(new Set(walked.sources.map(({ key }) => key)).size).toBe(walked.sources.length);
}

function expectDistinct(walked: Walked): void {
  for (const { count, start, end } of [walked.attributes, walked.texts]) {
    const contents = Array.from({ length: count }, (_, row) => Buffer.from(walked.bytes.subarray(start[row], end[row])).toString('latin1'));
    expect(new Set(contents).size).toBe(count);
  }
  expect(readText(walked, 0)).toBe('');
}

describe('the columns of spans', () => {
  it('say what the spans say, whatever they hold', () => {
    const records = new RandomRecords(randomNumbers(1));
    for (let round = 0; round < rounds; round += 1) {
      const groups = records.spans();
      const { walked, irregular } = walkSpans(encodeTraces(groups));
      const spans = groups.flatMap(({ items }) => items);
      expect(irregular).toBe(false);
      expect(Array.from({ length: walked.count }, (_, row) => spanOfColumns(walked, row))).toEqual(spans.map(expectedSpan));
      expect(Array.from({ length: walked.count }, (_, row) => readSpan(walked, row))).toStrictEqual(spans);
      expectSources(walked, groups);
      expectDistinct(walked);
    }
  });

  it('find the rows of a trace', () => {
    const other = 'ab'.repeat(16);
    const ids = [traceId, other, traceId, traceId, other];
    const spans = ids.map((id, index) => ({ traceId: id, spanId: spanId.slice(1) + String(index) }));
    const { walked } = walkSpans(toProtobuf('traces', traceRequest(...spans)));
    expect(walked.traceCount).toBe(2);
    expect(rowsOfTrace(walked, Buffer.from(traceId, 'hex'))).toEqual([0, 2, 3]);
    expect(rowsOfTrace(walked, Buffer.from(other, 'hex'))).toEqual([1, 4]);
    expect(rowsOfTrace(walked, Buffer.alloc(16, 1))).toEqual([]);
  });

  it('know more distinct attributes, texts and traces than there was room for at first', () => {
    const count = 30_000;
    const spans = Array.from({ length: count }, (_, index) => {
      const number = Buffer.from(index.toString(16).padStart(16, '0'));
      return Buffer.concat([
        field(1, number),
        field(2, number.subarray(8)),
        field(5, number),
        field(9, field(1, number), field(2, field(1, number))),
      ]);
    });
    for (const payload of [rawRequest(spans), rawRequest(spans.slice(0, 10)), rawRequest(spans)]) {
      const { walked, irregular } = walkSpans(payload);
      expect(irregular).toBe(false);
      expect([walked.traceCount, walked.attributes.count, walked.texts.count]).toEqual([walked.count, walked.count, walked.count + 1]);
      expectDistinct(walked);
    }
  });
});

describe('the columns of log records', () => {
  it('say what the records say, whatever they hold', () => {
    const records = new RandomRecords(randomNumbers(2));
    for (let round = 0; round < rounds; round += 1) {
      const groups = records.logs();
      const { walked, irregular } = walkLogs(encodeLogs(groups));
      const logs = groups.flatMap(({ items }) => items);
      expect(irregular).toBe(false);
      expect(Array.from({ length: walked.count }, (_, row) => logOfColumns(walked, row))).toEqual(logs.map(expectedLog));
      expect(Array.from({ length: walked.count }, (_, row) => readLog(walked, row))).toStrictEqual(logs);
      expectSources(walked, groups);
      expectDistinct(walked);
    }
  });

  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const noted = (trace: string, span: string) => [text('otelTraceID', trace), text('otelSpanID', span), text('other', 'x')];
  const other = 'AB'.repeat(16);

  it.each([
    ['its own', { traceId, spanId, attributes: noted(other, '12'.repeat(8)) }],
    ['noted in attributes', { attributes: noted(other, 'CD'.repeat(8)) }],
    ['noted in attributes without a span', { attributes: noted(other, '0') }],
    ['none, as Python writes it', { attributes: noted('0', '0') }],
    ['its own trace, the span noted', { traceId, attributes: noted(traceId, 'CD'.repeat(8)) }],
    ['its own trace, another noted', { traceId, attributes: noted(other, 'CD'.repeat(8)) }],
    ['its own span, a trace noted', { spanId, attributes: noted(other, '0') }],
    ['noted as a number', { attributes: [{ key: 'trace_id', value: { intValue: '7' } }] }],
    ['noted twice', { attributes: [...noted(other, '0'), text('trace_id', traceId), text('span_id', spanId)] }],
  ])('have the context that is %s', (_case, record) => {
    const { walked } = walkLogs(toProtobuf('logs', logsRequest({ body: {} }, record, { body: {} })));
    expect(logOfColumns(walked, 1)).toEqual(expectedLog(readLog(walked, 1)));
    expect([...walked.trace].filter((row) => row === noRow).length).toBeGreaterThanOrEqual(2);
  });

  it('are of the service that they note, where the resource names none', () => {
    const resource = (...attributes: object[]) => ({ attributes });
    const record = (service: string) => ({ attributes: service ? [text('otelServiceName', service)] : [] });
    const scopeLogs = [{ logRecords: ['api', '', 'api', 'worker'].map(record) }];
    const { walked } = walkLogs(
      toProtobuf('logs', {
        resourceLogs: [
          { resource: resource(), scopeLogs },
          { resource: resource(text('service.name', 'named')), scopeLogs },
          { resource: resource(text('service.name', '')), scopeLogs },
        ],
      } as never),
    );
    const services = [...walked.source].map((row) => walked.sources[row]?.impliedService);
    expect(services).toEqual(['api', '', 'api', 'worker', '', '', '', '', 'api', '', 'api', 'worker']);
    expect(walked.sources.map(({ count }) => count)).toEqual([2, 1, 1, 4, 2, 1, 1]);
  });
});
