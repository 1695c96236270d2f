import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogItem, SpanDetail } from '#proto/bridge/shapes';
import { field, type JsonMessage, rawRequest, varint } from '#main/decode/fixtures/encode';
import { bareLog, bareSpan, everyValue, fullLog, fullResource, fullScope, fullSpan } from '#main/decode/fixtures/requests';
import { runningEngine, type RunningEngine } from './running-engine.fixture.ts';

/**
 * Sections 1B, 1D, 1E and 1F of what OTLP asks of a server, each row through a running engine in both encodings: sent to a real socket, stored, and asked for again. Names of tests begin with
 * their rows.
 */

let running: RunningEngine;
beforeAll(async () => {
  running = await runningEngine();
});
afterAll(() => running.stop());

const newTraceId = (): string => randomBytes(16).toString('hex');
const accepted = (encoding: 'protobuf' | 'json') => ({ status: 200, body: encoding === 'json' ? {} : new Uint8Array() });

/** A counter of what is stored, before and after. */
async function storedBy(act: () => Promise<unknown>): Promise<{ spans: number; logs: number; services: number }> {
  const count = async () => {
    const services = await running.engine.ask('services');
    const sum = (of: 'spanCount' | 'logCount'): number => services.reduce((total, service) => total + service[of], 0);
    return { spans: sum('spanCount'), logs: sum('logCount'), services: services.length };
  };
  const before = await count();
  await act();
  const after = await count();
  return { spans: after.spans - before.spans, logs: after.logs - before.logs, services: after.services - before.services };
}

describe.each(['protobuf', 'json'] as const)('OTLP in %s', (encoding) => {
  const postSpans = (body: JsonMessage | Uint8Array) => running.post('traces', encoding, body);
  const postLogs = (body: JsonMessage | Uint8Array) => running.post('logs', encoding, body);

  /** Sends spans of one new trace, each with an id of its own unless it has one, and gives them as they are stored. */
  async function stored(...spans: object[]): Promise<SpanDetail[]> {
    const traceId = newTraceId();
    const numbered = spans.map((span, index) => ({ spanId: `00000000000000a${index}`, ...span, traceId }));
    expect((await postSpans(request({ spans: numbered }))).status).toBe(200);
    return (await running.engine.ask('traceSpans', { traceId, limit: 100 }))?.spans ?? [];
  }

  async function storedLogs(...logRecords: object[]): Promise<LogItem[]> {
    const service = newTraceId();
    expect((await postLogs(request({ logRecords }, service))).status).toBe(200);
    const search = { query: `service:${service}`, limit: 100, minSeverity: 0, order: 'oldest' as const };
    return (await running.engine.ask('searchLogs', search)).items;
  }

  function request({ spans, logRecords }: { spans?: object[]; logRecords?: object[] }, service?: string): JsonMessage {
    const resource = service === undefined ? {} : { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
    return (
      spans === undefined
        ? { resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] }
        : { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }
    ) as JsonMessage;
  }

  const span = (fields: object = {}) => ({
    name: 'GET /',
    startTimeUnixNano: '1790000000000000001',
    endTimeUnixNano: '1790000000000000002',
    ...fields,
  });

  describe('1B', () => {
    it('R1 full success is 200 with nothing in it, and what was sent is stored', async () => {
      const sent = postSpans(request({ spans: [span({ traceId: newTraceId(), spanId: '00000000000000a1' })] }));
      expect(await sent).toEqual(accepted(encoding));
    });

    it.each<[string, JsonMessage]>([
      ['no groups', {}],
      ['an empty list', { resourceSpans: [] }],
      ['an empty group', { resourceSpans: [{}] }],
      [
        'a resource without scopes',
        { resourceSpans: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 'ghost' } }] } }] },
      ],
      ['a scope without spans', { resourceSpans: [{ scopeSpans: [{ scope: { name: 'ghost' } }] }] }],
    ])('R2 an empty request with %s succeeds, and nothing is stored', async (_, empty) => {
      const change = await storedBy(async () => expect(await postSpans(empty)).toEqual(accepted(encoding)));
      expect(change).toEqual({ spans: 0, logs: 0, services: 0 });
    });

    it('R4 R7 invalid spans are counted exactly, under whatever resource, and their neighbours are stored', async () => {
      const traceId = newTraceId();
      const good = (id: string) => span({ traceId, spanId: id });
      const bad = span({ traceId, spanId: '0000000000000000' });
      const groups = [
        { resource: {}, scopeSpans: [{ spans: [good('00000000000000a1'), bad] }] },
        { resource: fullResource, scopeSpans: [{ spans: [bad] }, { spans: [good('00000000000000a2'), bad, good('00000000000000a3')] }] },
      ];
      const answer = await postSpans({ resourceSpans: groups });
      expect(answer.status).toBe(200);
      if (encoding === 'json') {
        expect(answer.body).toEqual({ partialSuccess: { rejectedSpans: '3', errorMessage: expect.stringMatching(/span/) } });
      }
      expect((await running.engine.ask('traceSpans', { traceId, limit: 10 }))?.spans).toHaveLength(3);
    });

    it('R5 a warning rejects nothing and says what was noticed', async () => {
      const attributes = [1, 2].map((value) => ({ key: 'twice', value: { intValue: String(value) } }));
      const answer = await postSpans(request({ spans: [span({ traceId: newTraceId(), spanId: '00000000000000a1', attributes })] }));
      expect(answer.status).toBe(200);
      if (encoding === 'json') expect(answer.body).toEqual({ partialSuccess: { errorMessage: expect.stringContaining('duplicate') } });
      else expect((answer.body as Uint8Array).length).toBeGreaterThan(0);
    });

    it('R9 what is not OTLP is 400 with BadRequest', async () => {
      const answer = await postSpans(Buffer.from(encoding === 'json' ? '1234' : 'ffffffff', encoding === 'json' ? 'utf8' : 'hex'));
      expect(answer.status).toBe(400);
      if (encoding === 'json') expect(answer.body).toMatchObject({ code: 3, details: [{ fieldViolations: [expect.anything()] }] });
    });

    it('R14 a request that is sent again, because its answer was lost, is stored once', async () => {
      const body = request({ spans: [span({ traceId: newTraceId(), spanId: '00000000000000a1' })] });
      const logs = request({ logRecords: [{ body: { stringValue: newTraceId() } }] });
      const change = await storedBy(async () => {
        for (let time = 0; time < 3; time++)
          expect([await postSpans(body), await postLogs(logs)]).toEqual([accepted(encoding), accepted(encoding)]);
      });
      expect(change).toMatchObject({ spans: 1, logs: 1 });
    });

    it('R15 what is acknowledged is found at once', async () => {
      const traceId = newTraceId();
      await postSpans(request({ spans: [span({ traceId, spanId: '00000000000000a1' })] }));
      expect(await running.engine.ask('span', { traceId, spanId: '00000000000000a1' })).toMatchObject({ traceId });
    });
  });

  describe('1D', () => {
    it('D1 every kind of value survives: empty ones, bytes, mixed arrays, maps', async () => {
      const [only] = await stored(span({ attributes: everyValue }));
      expect(only?.attributes).toEqual(everyValue);
    });

    it('D2 indexes into the string table of profiles are treated as absent, with a warning', async () => {
      const attributes = [{ key: 'absent', value: { stringValueStrindex: 3 } }];
      const traceId = newTraceId();
      const answer = await postSpans(request({ spans: [span({ traceId, spanId: '00000000000000a1', attributes })] }));
      expect(answer.status).toBe(200);
      expect(answer).not.toEqual(accepted(encoding));
      expect(await running.engine.ask('span', { traceId, spanId: '00000000000000a1' })).toMatchObject({
        attributes: [{ key: 'absent', value: {} }],
      });
    });

    it('D3 duplicate keys are kept, keys are case-sensitive, empty values have a meaning', async () => {
      const attributes = [
        { key: 'a', value: { stringValue: '1' } },
        { key: 'A', value: { stringValue: '2' } },
        { key: 'a', value: { stringValue: '3' } },
        { key: 'empty', value: { stringValue: '' } },
        { key: 'nothing', value: { arrayValue: { values: [{}, { intValue: '0' }] } } },
      ];
      expect((await stored(span({ attributes })))[0]?.attributes).toEqual(attributes);
    });

    it('D5 D6 D7 D8 envelopes are stored whole: dropped counts, schema URLs, entity references, scope', async () => {
      const traceId = newTraceId();
      const body = {
        resourceSpans: [
          {
            resource: fullResource,
            schemaUrl: fullResource.schemaUrl,
            scopeSpans: [
              { scope: fullScope, schemaUrl: fullScope.schemaUrl, spans: [span({ traceId, spanId: '00000000000000a1' })] },
              { spans: [span({ traceId, spanId: '00000000000000a2' })] },
            ],
          },
        ],
      } as unknown as JsonMessage;
      await postSpans(body);
      expect(await running.engine.ask('span', { traceId, spanId: '00000000000000a1' })).toMatchObject({
        resource: fullResource,
        scope: fullScope,
      });
      const noScope = { name: '', version: '', attributes: [], droppedAttributesCount: 0, schemaUrl: '' };
      expect(await running.engine.ask('span', { traceId, spanId: '00000000000000a2' })).toMatchObject({
        resource: fullResource,
        scope: noScope,
      });
    });

    it('D9 fields that nobody knows are ignored at every level', async () => {
      const future = encoding === 'json' ? { futureField: { a: [1] } } : {};
      const [only] = await stored(span({ ...future, status: { code: 1, message: '', ...future } }));
      expect(only).toMatchObject({ name: 'GET /', status: { code: 1 } });
      if (encoding === 'json') return;
      const traceId = randomBytes(16);
      const known = Buffer.concat([field(1, traceId), field(2, Buffer.from('00000000000000a1', 'hex')), field(5, Buffer.from('named'))]);
      // A varint and a text, both in the fields that trace.proto reserves.
      const unknown = Buffer.concat([varint(1000 * 8), varint(7), field(1001, Buffer.from('later'))]);
      expect(await postSpans(rawRequest([Buffer.concat([unknown, known, unknown])]))).toEqual(accepted(encoding));
      expect(await running.engine.ask('span', { traceId: traceId.toString('hex'), spanId: '00000000000000a1' })).toMatchObject({
        name: 'named',
      });
    });
  });

  describe('1E', () => {
    it.each(['0000000000000000', '', '00ff', '00000000000000000f'])(
      'S1 the span id %j is invalid: that span is rejected, and no other',
      async (spanId) => {
        const traceId = newTraceId();
        const answer = await postSpans(request({ spans: [span({ traceId, spanId }), span({ traceId, spanId: '00000000000000a1' })] }));
        if (encoding === 'json') expect(answer.body).toMatchObject({ partialSuccess: { rejectedSpans: '1' } });
        expect((await running.engine.ask('traceSpans', { traceId, limit: 10 }))?.spans.map((found) => found.spanId)).toEqual([
          '00000000000000a1',
        ]);
      },
    );

    it('S2 no parent id, or eight zero bytes, is a root', async () => {
      const spans = await stored(span({ parentSpanId: '0000000000000000' }), span());
      expect(spans.map(({ parentSpanId }) => parentSpanId)).toEqual(['', '']);
      expect((await running.engine.ask('openTrace', { traceId: spans[0]?.traceId ?? '' }))?.parent).toEqual([-1, -1]);
    });

    it('S3 S8 S9 flags, trace state and links are kept as they were sent', async () => {
      const [only] = await stored(span({ flags: fullSpan.flags, traceState: fullSpan.traceState, links: fullSpan.links }));
      expect(only).toMatchObject({ flags: fullSpan.flags, traceState: fullSpan.traceState, links: fullSpan.links });
    });

    it('S4 kinds that nobody knows survive', async () => {
      const spans = await stored(...[0, 1, 5, 77].map((kind) => span({ kind })));
      expect(spans.map(({ kind }) => kind).toSorted((a, b) => a - b)).toEqual([0, 1, 5, 77]);
    });

    it('S5 S6 what was not sent is unset, and empty', async () => {
      const [only] = await stored({});
      expect(only).toMatchObject({ ...bareSpan, traceId: expect.any(String), spanId: '00000000000000a0' });
    });

    it.each([
      ['ends before it starts', '1790000000000000002', '1790000000000000001', -1],
      ['has no length', '1790000000000000002', '1790000000000000002', 0],
      ['has no times', '0', '0', 0],
    ])('S7 a span that %s is kept as it is', async (_, startTimeUnixNano, endTimeUnixNano, durationNs) => {
      const [only] = await stored(span({ startTimeUnixNano, endTimeUnixNano }));
      expect(only).toMatchObject({ startTimeUnixNano, endTimeUnixNano });
      expect((await running.engine.ask('openTrace', { traceId: only?.traceId ?? '' }))?.durationNs).toEqual([durationNs]);
    });

    it('S10 S11 the official example of 2018, whose parent never came, is the newest trace', async () => {
      const times = { startTimeUnixNano: '1544712660000000000', endTimeUnixNano: '1544712661000000000' };
      const [only] = await stored({ ...times, name: 'I’m a server span', parentSpanId: 'eee19b7ec3c1b173', kind: 2 });
      const { items } = await running.engine.ask('searchTraces', { query: '', limit: 1 });
      expect(items).toMatchObject([{ traceId: only?.traceId, hasRoot: false, rootName: 'I’m a server span' }]);
      expect((await running.engine.ask('openTrace', { traceId: only?.traceId ?? '' }))?.parent).toEqual([-2]);
    });
  });

  describe('1F', () => {
    it('L1 every severity number is kept and compared as a number', async () => {
      const logs = await storedLogs(
        ...[0, 1, 9, 17, 24, 99].map((severityNumber) => ({ severityNumber, timeUnixNano: String(severityNumber + 1) })),
      );
      expect(logs.map(({ severityNumber }) => severityNumber)).toEqual([0, 1, 9, 17, 24, 99]);
      const [service] = logs.map(({ serviceName }) => serviceName);
      const search = { query: `service:${service}`, limit: 100, order: 'oldest' as const, minSeverity: 17 };
      expect((await running.engine.ask('searchLogs', search)).items.map(({ severityNumber }) => severityNumber)).toEqual([17, 24, 99]);
    });

    it('L2 the text of the severity stands beside its number, as it was sent', async () => {
      const [only] = await storedLogs({ severityNumber: 9, severityText: 'Informational' });
      expect(only).toMatchObject({ severityNumber: 9, severityText: 'Informational' });
    });

    it('L3 the time is the observed one where there is none, and that of arrival where there is neither', async () => {
      const before = BigInt(Date.now()) * 1_000_000n;
      const [time, observed, arrival] = await storedLogs(
        { timeUnixNano: '5', observedTimeUnixNano: '6' },
        { timeUnixNano: '0', observedTimeUnixNano: '7' },
        {},
      );
      expect([time?.effectiveTimeUnixNano, observed?.effectiveTimeUnixNano]).toEqual(['5', '7']);
      expect(BigInt(arrival?.effectiveTimeUnixNano ?? 0)).toBeGreaterThanOrEqual(before);
      expect(arrival).toMatchObject({ timeUnixNano: '0', observedTimeUnixNano: '0' });
    });

    it('L4 a body is any value, an empty one, or absent', async () => {
      const bodies = [{ stringValue: 'text' }, { stringValue: '' }, {}, fullLog.body, undefined];
      const logs = await storedLogs(
        ...bodies.map((body, index) => ({ timeUnixNano: String(index + 1), ...(body === undefined ? {} : { body }) })),
      );
      expect(logs.map(({ body }) => body)).toEqual(bodies);
    });

    it('L5 the name of an event is a field of its own', async () => {
      expect((await storedLogs({ eventName: 'device.app.lifecycle' }))[0]?.eventName).toBe('device.app.lifecycle');
    });

    it('L6 ids that are not valid leave the record unassociated, and stored', async () => {
      const [zero, short] = await storedLogs(
        { timeUnixNano: '1', traceId: '0'.repeat(32), spanId: '0'.repeat(16) },
        { timeUnixNano: '2', traceId: 'abcd', spanId: 'ef' },
      );
      for (const log of [zero, short]) expect(log).toMatchObject({ contextTraceId: '', contextSpanId: '' });
    });

    it('L7 flags are kept', async () => {
      expect((await storedLogs({ flags: 0x1_01 }))[0]?.flags).toBe(0x1_01);
    });

    it('L8 a record that names its trace in attributes belongs to it', async () => {
      const traceId = newTraceId();
      const attributes = [
        { key: 'trace_id', value: { stringValue: traceId } },
        { key: 'span_id', value: { stringValue: '00f067aa0ba902b7' } },
      ];
      const [only] = await storedLogs({ ...bareLog, attributes });
      expect(only).toMatchObject({ contextTraceId: traceId, contextSpanId: '00f067aa0ba902b7' });
      const ofTrace = await running.engine.ask('searchLogs', { query: '', traceId, limit: 10, minSeverity: 0, order: 'oldest' });
      expect(ofTrace.items).toHaveLength(1);
    });
  });
});

describe('limits of a request (R7)', () => {
  it('R7 metrics are counted by data points', async () => {
    const dataPoints = [1, 2, 3].map((timeUnixNano) => ({ timeUnixNano: String(timeUnixNano), asInt: '1' }));
    const metrics = [
      { name: 'a', gauge: { dataPoints } },
      { name: 'b', sum: { dataPoints } },
    ];
    const before = (await running.engine.status()).received.metricPointsNotStored;
    expect((await running.post('metrics', 'json', { resourceMetrics: [{ scopeMetrics: [{ metrics }] }] })).status).toBe(200);
    expect((await running.engine.status()).received.metricPointsNotStored - before).toBe(6);
  });
});
