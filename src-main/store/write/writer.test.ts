import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Query } from '#proto/model/query';
import type { AnyValue } from '#proto/model/any-value';
import type { WalkedSource } from '#main/decode/walk/walked';
import { StoreUnavailableError, type Append, type TelemetryReader } from '../interface.ts';
import { openReader } from '../read/reader.ts';
import {
  everyLog,
  attribute,
  logOf,
  logsFrom,
  plainScope,
  requestOfLogs,
  requestOfSpans,
  resourceOf,
  spanIdOf,
  spanOf,
  spansFrom,
  temporaryDirectory,
  traceIdOf,
} from '../records.fixture.ts';
import { checkStore } from './check.ts';
import { openWriter, type OpenedWriter } from './writer.ts';

function open(): { directory: string; writer: OpenedWriter; reader: TelemetryReader } {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const reader = openReader(directory);
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  return { directory, writer, reader };
}

const everything: Query = { kind: 'and', of: [] };

/** What no request can make: an attribute of its resource cannot be written down. */
function withBadSource({ records, ...append }: Append): Append {
  if (records.signal !== 'traces') throw new Error('Spans are asked for.');
  const spoil = (source: WalkedSource): WalkedSource => ({
    ...source,
    key: `${source.key} spoilt`,
    resource: { ...source.resource, droppedAttributesCount: 1n as unknown as number },
  });
  const pieces = records.pieces.map((walked) => ({ ...walked, sources: walked.sources.map(spoil) }));
  return { ...append, records: { signal: 'traces', pieces } };
}

const values: AnyValue[] = [
  { stringValue: '' },
  { stringValue: 'NUL \0 inside, ünïcödé 🚀, \uE000 private' },
  { boolValue: false },
  { intValue: '-9223372036854775808' },
  { intValue: '9223372036854775807' },
  { doubleValue: 0.1 },
  { doubleValue: 'NaN' },
  { doubleValue: '-Infinity' },
  { doubleValue: '-0' },
  { bytesValue: 'AP8=' },
  { arrayValue: { values: [{ intValue: '1' }, {}, { arrayValue: { values: [] } }] } },
  {
    kvlistValue: {
      values: [
        { key: '__proto__', value: { stringValue: 'x' } },
        { key: '__proto__', value: {} },
      ],
    },
  },
  {},
];
const everyAttribute = ['', 'a', 'a', '__proto__', 'constructor', 'nul \0 key'].flatMap((key) =>
  values.map((value) => attribute(key, value)),
);

describe('append', () => {
  it('gives every field of a span back as it was sent', () => {
    const { writer, reader } = open();
    const span = spanOf({
      traceState: 'a=1,b=2',
      parentSpanId: spanIdOf(77),
      flags: 0xffffffff,
      kind: 99,
      startTimeUnixNano: '18446744073709551615',
      endTimeUnixNano: '9223372036854775808',
      attributes: everyAttribute,
      droppedAttributesCount: 4294967295,
      events: [{ timeUnixNano: '9007199254740993', name: 'exception', attributes: everyAttribute, droppedAttributesCount: 3 }],
      droppedEventsCount: 1,
      links: [
        { traceId: traceIdOf(9), spanId: spanIdOf(9), traceState: 'x', attributes: everyAttribute, droppedAttributesCount: 1, flags: 768 },
      ],
      droppedLinksCount: 2,
      status: { code: 7, message: 'of tomorrow' },
    });
    const resource = {
      ...resourceOf('api', ...everyAttribute),
      droppedAttributesCount: 5,
      entityRefs: [{ schemaUrl: 's', type: 'service', idKeys: ['service.name'], descriptionKeys: [] }],
      schemaUrl: 'https://example.com/1',
    };
    const scope = {
      name: 'scope',
      version: '2',
      attributes: everyAttribute,
      droppedAttributesCount: 6,
      schemaUrl: 'https://example.com/2',
    };
    expect(writer.append([requestOfSpans([{ resource, scope, items: [span] }])])).toEqual([undefined]);

    expect(reader.span(span.traceId, span.spanId)).toEqual({ ...span, resource, scope });
    expect(reader.spans(span.traceId, 10, undefined).map((found) => found.span)).toEqual([{ ...span, resource, scope }]);
  });

  it('gives every field of a log record back as it was sent', () => {
    const { writer, reader } = open();
    const record = logOf({
      timeUnixNano: '18446744073709551615',
      observedTimeUnixNano: '9007199254740993',
      severityNumber: 24,
      body: { kvlistValue: { values: everyAttribute } },
      attributes: everyAttribute,
      droppedAttributesCount: 2,
      flags: 1,
      traceId: traceIdOf(3),
      spanId: spanIdOf(4),
      eventName: 'checkout.failed',
    });
    const { body, ...withoutBody } = logOf({});
    expect(body).toBeDefined();
    writer.append([logsFrom('api', withoutBody, record)]);

    const found = reader.findLogs(everyLog).map(({ log }) => log);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject(withoutBody);
    expect(found[0]).not.toHaveProperty('body');
    expect(found[1]).toEqual({
      ...record,
      id: expect.stringMatching(/^\d+$/),
      contextTraceId: traceIdOf(3),
      contextSpanId: spanIdOf(4),
      effectiveTimeUnixNano: '18446744073709551615',
      serviceName: 'api',
      resource: resourceOf('api'),
      scope: plainScope,
    });
  });

  it('stores a request that is sent twice once, in the same transaction and later', () => {
    const { writer, reader } = open();
    const logs = logsFrom('api', logOf({}));
    const spans = spansFrom('api', spanOf({}));
    expect(writer.append([logs, logs, spans])).toEqual([undefined, undefined, undefined]);
    expect(writer.append([spans, logs])).toEqual([undefined, undefined]);
    expect(reader.counts()).toMatchObject({ traces: 1, spans: 1, logs: 1 });
  });

  it.each([
    ['small', 1],
    ['large', 300],
  ])('leaves the neighbours of a %s request that fails alone, and nothing of it behind', (_, count) => {
    const { directory, writer, reader } = open();
    const bad = withBadSource(spansFrom('bad', ...Array.from({ length: count }, (__, n) => spanOf({ traceId: traceIdOf(5 + n) }))));
    const outcomes = writer.append([spansFrom('api', spanOf({})), bad, logsFrom('api', logOf({}))]);
    expect(outcomes).toEqual([undefined, expect.any(Error), undefined]);
    expect(reader.counts()).toMatchObject({ traces: 1, spans: 1, logs: 1 });
    expect(writer.counts()).toEqual(reader.counts());
    expect(reader.services().map(({ name }) => name)).toEqual(['api']);
    expect(reader.traceSummary(traceIdOf(5))).toBeUndefined();
    expect(writer.append([spansFrom('bad', spanOf({ traceId: traceIdOf(5) }))])).toEqual([undefined]);
    expect(reader.services().map(({ name }) => name)).toEqual(['api', 'bad']);
    expect(checkStore(directory)).toEqual([]);
  });

  it('forgets all of a transaction that fails', () => {
    const { directory, writer, reader } = open();
    writer.append([spansFrom('api', spanOf({}))]);
    const blocker = new Database(join(directory, 'sidelight.db'));
    blocker.exec('BEGIN IMMEDIATE');
    const requests = [
      spansFrom('new', ...Array.from({ length: 300 }, (_, n) => spanOf({ traceId: traceIdOf(2 + n) }))),
      logsFrom('new', logOf({})),
    ];
    expect(() => writer.append(requests)).toThrow(StoreUnavailableError);
    expect(writer.counts()).toEqual(reader.counts());
    blocker.exec('ROLLBACK');
    blocker.close();
    expect(writer.append(requests)).toEqual([undefined, undefined]);
    expect(writer.counts()).toMatchObject({ traces: 301, spans: 301, logs: 1 });
    expect(reader.findLogs(everyLog).map(({ id }) => id)).toEqual([1]);
    expect(checkStore(directory)).toEqual([]);
  });

  it('takes hostile names for what they are', () => {
    const { writer, reader } = open();
    const names = ['', '__proto__', 'constructor', "'; DROP TABLE span; --", 'a\0b', '<script>', 'x'.repeat(10_000)];
    writer.append(names.map((name, index) => spansFrom(name, spanOf({ traceId: traceIdOf(index + 1), name }))));
    expect(new Set(reader.services().map(({ name }) => name))).toEqual(new Set(names));
    expect(new Set(reader.findTraces({ query: everything, limit: 100, before: undefined }).map(({ summary }) => summary.rootName))).toEqual(
      new Set(names),
    );
    for (const name of names) {
      expect(
        reader.findTraces({ query: { kind: 'service', name }, limit: 100, before: undefined }).map(({ summary }) => summary.rootService),
      ).toEqual([name]);
    }
  });

  it('takes a span of ten thousand attributes and one of ten million characters', () => {
    const { writer, reader } = open();
    const many = spanOf({
      traceId: traceIdOf(1),
      attributes: Array.from({ length: 10_000 }, (_, n) => attribute(`key.${n}`, `value ${n}`)),
    });
    const long = spanOf({ traceId: traceIdOf(2), attributes: [attribute('long', 'word '.repeat(2_000_000)), attribute('after', 'it')] });
    expect(writer.append([spansFrom('api', many, long)])).toEqual([undefined]);
    expect(reader.span(long.traceId, long.spanId)?.attributes).toEqual(long.attributes);
    // Beyond what is indexed, and found all the same.
    const find = (key: string, value: string) =>
      reader
        .findTraces({ query: { kind: 'attribute', key, comparison: '=', value }, limit: 10, before: undefined })
        .map(({ summary }) => summary.traceId);
    expect(find('key.9999', 'value 9999')).toEqual([traceIdOf(1)]);
    expect(find('key.9999', 'value 9998')).toEqual([]);
    expect(find('after', 'it')).toEqual([traceIdOf(2)]);
  });
});

describe('a data directory that is deleted while it is in use', () => {
  it('is told, instead of taking what would be lost', () => {
    const directory = temporaryDirectory();
    const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
    onTestFinished(() => writer.close());
    rmSync(directory, { recursive: true });
    expect(() => writer.append([spansFrom('api', spanOf({}))])).toThrow(StoreUnavailableError);
  });
});

describe('a span that comes again', () => {
  it('in another request is shown once, as it came last', () => {
    const { writer, reader } = open();
    const first = spanOf({ name: 'before', status: { code: 2, message: 'bad' } });
    const second = { ...first, name: 'after', status: { code: 1, message: '' } };
    writer.append([spansFrom('old', first), spansFrom('api', spanOf({ parentSpanId: first.spanId }))]);
    writer.append([spansFrom('new', second)]);
    expect(
      reader
        .spans(first.traceId, 10, undefined)
        .map(({ span }) => span.name)
        .toSorted(),
    ).toEqual(['GET /', 'after']);
    expect(reader.span(first.traceId, first.spanId)).toMatchObject({ name: 'after', resource: resourceOf('new') });
    expect(reader.traceColumns(first.traceId)?.name).toHaveLength(2);
  });

  it('is another span where only the span id is the same', () => {
    const { writer, reader } = open();
    writer.append([
      spansFrom('api', spanOf({ traceId: traceIdOf(1), spanId: spanIdOf(1) }), spanOf({ traceId: traceIdOf(2), spanId: spanIdOf(1) })),
    ]);
    expect(reader.counts()).toMatchObject({ traces: 2, spans: 2 });
  });
});

const at = (second: number): string => String(1_700_000_000_000_000_000n + BigInt(second) * 1_000_000_000n);

describe('the summary of a trace', () => {
  it('is named after its earliest span, until a root arrives', () => {
    const { writer, reader } = open();
    const [late, early, root, laterRoot] = [
      spanOf({ name: 'late', parentSpanId: spanIdOf(1000), startTimeUnixNano: at(5), endTimeUnixNano: at(6) }),
      spanOf({ name: 'early', parentSpanId: spanIdOf(1000), startTimeUnixNano: at(2), endTimeUnixNano: at(3) }),
      spanOf({ name: 'root', startTimeUnixNano: at(3), endTimeUnixNano: at(9) }),
      spanOf({ name: 'later root', startTimeUnixNano: at(4), endTimeUnixNano: at(5) }),
    ];
    const summary = () => reader.traceSummary(traceIdOf(1));
    writer.append([spansFrom('a', late)]);
    expect(summary()).toMatchObject({
      rootName: 'late',
      rootService: 'a',
      hasRoot: false,
      startTimeUnixNano: at(5),
      durationNano: '1000000000',
    });
    writer.append([spansFrom('b', early)]);
    expect(summary()).toMatchObject({
      rootName: 'early',
      rootService: 'b',
      hasRoot: false,
      startTimeUnixNano: at(2),
      durationNano: '4000000000',
    });
    writer.append([spansFrom('c', laterRoot)]);
    expect(summary()).toMatchObject({ rootName: 'later root', rootService: 'c', hasRoot: true });
    writer.append([spansFrom('d', root)]);
    expect(summary()).toMatchObject({ rootName: 'root', rootService: 'd', hasRoot: true, spanCount: 4, durationNano: '7000000000' });
  });

  it('is exact for every time that 64 bits can say', () => {
    const { writer, reader } = open();
    const times = ['0', '1', '9007199254740993', '9223372036854775807', '9223372036854775808', '18446744073709551615'];
    const pairs = times.flatMap((start) => times.map((end) => ({ start, end })));
    writer.append([
      spansFrom(
        'api',
        ...pairs.map(({ start, end }, n) => spanOf({ traceId: traceIdOf(n + 1), startTimeUnixNano: start, endTimeUnixNano: end })),
      ),
    ]);
    for (const [n, { start, end }] of pairs.entries()) {
      const duration = BigInt(end) - BigInt(start);
      expect(reader.traceSummary(traceIdOf(n + 1))).toMatchObject({
        startTimeUnixNano: start,
        durationNano: String(duration < 0n ? 0n : duration),
      });
      const { offsetNs, durationNs } = reader.traceColumns(traceIdOf(n + 1)) ?? {};
      expect([offsetNs?.[0], durationNs?.[0]]).toEqual([0, Number(duration)]);
    }
  });

  it('lists spans by start, and by arrival where they start together', () => {
    const { writer, reader } = open();
    const starts = ['5', '18446744073709551615', '0', '9223372036854775808', '5'];
    const spans = starts.map((startTimeUnixNano) => spanOf({ startTimeUnixNano }));
    writer.append([spansFrom('api', ...spans)]);
    const order = [2, 0, 4, 3, 1].map((n) => spans[n]?.spanId);
    const { spanIds } = reader.traceColumns(traceIdOf(1)) ?? {};
    expect(Buffer.from(spanIds ?? []).toString('hex')).toBe(order.join(''));
    expect(reader.spans(traceIdOf(1), 10, undefined).map(({ span }) => span.spanId)).toEqual(order);
  });

  it('counts logs by their context, whichever comes first', () => {
    const { writer, reader } = open();
    const span = spanOf({});
    const native = logOf({ traceId: span.traceId, spanId: span.spanId });
    const python = logOf({ attributes: [attribute('otelTraceID', span.traceId), attribute('otelSpanID', span.spanId)] });
    const traceOnly = logOf({ traceId: span.traceId });
    writer.append([logsFrom('api', native, logOf({}))]);
    expect(reader.traceSummary(span.traceId)).toBeUndefined();
    writer.append([spansFrom('api', span)]);
    writer.append([logsFrom('api', python, traceOnly)]);
    expect(reader.traceSummary(span.traceId)?.logCount).toBe(3);
    expect(reader.logCounts(span.traceId)).toEqual(
      new Map([
        [span.spanId, 2],
        ['', 1],
      ]),
    );
    expect(reader.findLogs({ ...everyLog, traceId: span.traceId, spanId: span.spanId })).toHaveLength(2);
  });
});

describe('services', () => {
  it('are told apart by namespace, and counted', () => {
    const { writer, reader } = open();
    const inShop = resourceOf('api', attribute('service.namespace', 'shop'), attribute('telemetry.sdk.language', 'python'));
    writer.append([
      requestOfSpans([{ resource: inShop, scope: plainScope, items: [spanOf({ status: { code: 2, message: '' } }), spanOf({})] }], 5n),
      requestOfSpans([{ resource: inShop, scope: { ...plainScope, name: 'other' }, items: [spanOf({ traceId: traceIdOf(2) })] }], 7n),
      requestOfLogs([{ resource: resourceOf('api'), scope: plainScope, items: [logOf({})] }], 3n),
    ]);
    expect(reader.services()).toEqual([
      { name: 'api', namespace: '', spanCount: 0, errorCount: 0, logCount: 1, lastSeenUnixNano: '3', language: '' },
      { name: 'api', namespace: 'shop', spanCount: 3, errorCount: 1, logCount: 0, lastSeenUnixNano: '7', language: 'python' },
    ]);
  });

  it('are named by the log record where its resource names none', () => {
    const { writer, reader } = open();
    const nameless = { attributes: [], droppedAttributesCount: 0, entityRefs: [], schemaUrl: '' };
    const record = logOf({ attributes: [attribute('otelServiceName', 'worker')] });
    writer.append([requestOfLogs([{ resource: nameless, scope: plainScope, items: [record, logOf({})] }])]);
    expect(reader.findLogs({ ...everyLog, query: { kind: 'service', name: 'worker' } }).map(({ log }) => log.serviceName)).toEqual([
      'worker',
    ]);
    expect(reader.services().map(({ name, logCount }) => ({ name, logCount }))).toEqual([
      { name: '', logCount: 1 },
      { name: 'worker', logCount: 1 },
    ]);
  });
});
