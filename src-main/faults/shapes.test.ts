import http2 from 'node:http2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LogPage, SpanDetail, TracePage, TraceSpans, TraceStructure } from '#proto/bridge/shapes';
import { type AnyValue, maxValueDepth } from '#proto/model/any-value';
import { field, nestedJson, nestedValue, rawRequest, toJson, toProtobuf } from '#main/decode/fixtures/encode';
import { callOn, frame, grpcPath, type GrpcAnswer, json, protobuf, send } from '#main/receive/wire.fixture';
import { expectUnharmed, Ledger } from './ledger.fixture.ts';
import { Served, temporaryFolder } from './served.fixture.ts';
import { attribute, logsRequest, newTraceId, spanIdOf, spanOf, spansRequest, traceOf } from './telemetry.fixture.ts';

/** Section 3B: odd and huge payloads through a real receiver into the store and out again through the API. What comes out is said exactly, and neighbours in the same request survive. */

/** Payloads of many megabytes, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const mebibyte = 2 ** 20;
const { folder, remove } = temporaryFolder();
const ledger = new Ledger(folder);
let served: Served;

beforeAll(async () => {
  served = await new Served(`${folder}/data`).ready();
});

afterAll(async () => {
  await served.kill();
  ledger.close();
  remove();
});

type Encoding = 'protobuf' | 'json';

interface Accepted {
  status: number;
  /** Of JSON: what the answer says beyond success. */
  partial: { rejectedSpans?: string; rejectedLogRecords?: string; errorMessage?: string } | undefined;
}

async function post(signal: 'traces' | 'logs', encoding: Encoding, body: Uint8Array): Promise<Accepted> {
  const answer = await send(served.httpPort, { path: `/v1/${signal}`, headers: encoding === 'json' ? json : protobuf, body });
  const said = encoding === 'json' ? (JSON.parse(answer.body.toString()) as { partialSuccess?: Accepted['partial'] }) : {};
  return { status: answer.status, partial: said.partialSuccess };
}

async function postSpans(spans: readonly object[], encoding: Encoding = 'json', service?: string): Promise<Accepted> {
  const request = spansRequest(spans, service);
  return post('traces', encoding, encoding === 'json' ? toJson(request) : toProtobuf('traces', request));
}

/** Over gRPC, by a client that has the memory for what it sends. */
async function call(message: Uint8Array): Promise<GrpcAnswer> {
  const session = http2.connect(`http://127.0.0.1:${served.grpcPort}`, { maxSessionMemory: 1000 });
  try {
    return await callOn(session, grpcPath.traces, frame(message));
  } finally {
    session.destroy();
  }
}

const clean: Accepted = { status: 200, partial: undefined };
const structure = (traceId: string): Promise<TraceStructure> => served.ask(`/traces/${traceId}/structure`);
const spanAt = (traceId: string, number: number): Promise<SpanDetail> => served.ask(`/traces/${traceId}/spans/${spanIdOf(number)}`);
const spansOf = async (traceId: string): Promise<SpanDetail[]> => (await served.ask<TraceSpans>(`/traces/${traceId}`)).spans;
const find = async (query: string): Promise<TracePage['items']> =>
  (await served.ask<TracePage>(`/traces?limit=1000&query=${encodeURIComponent(query)}`)).items;

/** What the request held besides: a trace of two, spread around what is odd. */
function betweenNeighbours(...odd: readonly object[]): { spans: object[]; expectNeighbours: () => Promise<void> } {
  const traceId = newTraceId();
  const [before, after] = [spanOf(traceId, 1_000_001), spanOf(traceId, 1_000_002, { attributes: [attribute('kept', 'whole')] })];
  return {
    spans: [before, ...odd, after],
    async expectNeighbours() {
      expect(await spansOf(traceId)).toMatchObject([before, after]);
    },
  };
}

describe('large payloads', () => {
  it.each(['http', 'grpc'] as const)('a request of 50,000 spans over %s is one trace of 49,999 siblings', async (protocol) => {
    const traceId = newTraceId();
    const body = toProtobuf('traces', spansRequest(traceOf(traceId, 50_000)));
    expect(body.length).toBeGreaterThan(2 * mebibyte);
    if (protocol === 'http') expect((await post('traces', 'protobuf', body)).status).toBe(200);
    else expect((await call(body)).status).toBe(0);
    const { summary, spanId, parent } = await structure(traceId);
    expect(summary).toMatchObject({ spanCount: 50_000, rootName: 'span 0' });
    expect(new Set(spanId).size).toBe(50_000);
    expect(parent).toEqual([-1, ...Array<number>(49_999).fill(0)]);
  });

  it('a chain of 10,000 spans keeps every link of it, also where children come before their parents', async () => {
    const traceId = newTraceId();
    const chain = Array.from({ length: 10_000 }, (_, number) =>
      spanOf(traceId, number, number > 0 ? { parentSpanId: spanIdOf(number - 1) } : {}),
    );
    expect((await postSpans(chain.toReversed(), 'protobuf')).status).toBe(200);
    expect((await structure(traceId)).parent).toEqual(chain.map((_, number) => number - 1));
  });

  it('one of exactly 64 MiB is taken over either protocol, and one byte more is too large for good', async () => {
    const traceIds = [newTraceId(), newTraceId()];
    const [first, second] = traceIds.map((traceId) => payloadOf(64 * mebibyte, traceId));
    expect((await post('traces', 'protobuf', first ?? new Uint8Array())).status).toBe(200);
    expect((await call(second ?? new Uint8Array())).status).toBe(0);
    for (const traceId of traceIds) expect((await structure(traceId)).summary.spanCount).toBe(64);
    const tooLarge = payloadOf(64 * mebibyte + 1, newTraceId());
    expect((await send(served.httpPort, { headers: protobuf, body: tooLarge })).status).toBe(413);
    expect((await call(tooLarge)).status).toBe(8);
  });

  it('10,000 attributes, one of 10 MB, 100,000 events and 10,000 links are stored whole', async () => {
    const traceId = newTraceId();
    const many = Array.from({ length: 10_000 }, (_, number) => attribute(`key ${number}`, `value ${number}`));
    const long = [attribute('long', 'long '.repeat(2_000_000)), attribute('after', 'it')];
    const events = Array.from({ length: 100_000 }, (_, number) => ({
      timeUnixNano: String(number),
      name: `event ${number}`,
      attributes: [],
      droppedAttributesCount: 0,
    }));
    const links = Array.from({ length: 10_000 }, (_, number) => ({
      traceId: newTraceId(),
      spanId: spanIdOf(number),
      traceState: '',
      attributes: [],
      droppedAttributesCount: 0,
      flags: 0,
    }));
    const { spans, expectNeighbours } = betweenNeighbours(
      spanOf(traceId, 0, { attributes: many }),
      spanOf(traceId, 1, { attributes: long }),
      spanOf(traceId, 2, { events }),
      spanOf(traceId, 3, { links }),
    );
    expect(await postSpans(spans, 'protobuf')).toMatchObject({ status: 200 });
    expect((await spanAt(traceId, 0)).attributes).toEqual(many);
    expect((await spanAt(traceId, 1)).attributes).toEqual(long);
    expect((await spanAt(traceId, 2)).events).toEqual(events);
    expect((await spanAt(traceId, 3)).links).toEqual(links);
    expect((await structure(traceId)).eventCount).toEqual([0, 0, 100_000, 0]);
    await expectNeighbours();
  });

  it('32 million empty envelopes are an empty request', async () => {
    const { stored } = await served.status();
    expect((await post('traces', 'protobuf', Buffer.alloc(64 * mebibyte, Buffer.from([0x0a, 0x00])))).status).toBe(200);
    expect((await served.status()).stored).toMatchObject({ traces: stored.traces, spans: stored.spans, logs: stored.logs });
  });
});

/** A request of exactly so many bytes: 64 large spans, and a field that nobody knows to fill it up. */
function payloadOf(bytes: number, traceId: string): Uint8Array {
  const name = field(5, Buffer.alloc(mebibyte - 512, 'x '));
  const spans = Array.from({ length: 64 }, (_, number) =>
    field(2, field(1, Buffer.from(traceId, 'hex')), field(2, Buffer.from(spanIdOf(number), 'hex')), name),
  );
  const request = field(1, field(2, ...spans));
  const headBytes = 5;
  const payload = Buffer.concat([request, field(99, Buffer.alloc(bytes - request.length - headBytes))]);
  expect(payload).toHaveLength(bytes);
  return payload;
}

describe.each(['array', 'map'] as const)('an attribute of %ss in each other', (kind) => {
  it.each([47, 48, 100, 10_000, 1_000_000])('%d levels deep is kept, from level 64 on as a note, in both encodings', async (levels) => {
    const traceId = newTraceId();
    const deep = field(9, field(1, Buffer.from('deep')), field(2, nestedValue(levels, kind)));
    const ids = (number: number) => [field(1, Buffer.from(traceId, 'hex')), field(2, Buffer.from(spanIdOf(number), 'hex'))];
    const spans = [0, 1, 2].map((number) => Buffer.concat([...ids(number), ...(number === 1 ? [deep] : [])]));
    expect((await post('traces', 'protobuf', rawRequest(spans))).status).toBe(200);

    const jsonTraceId = newTraceId();
    const [before, deepJson, after] = [0, 1, 2].map((number) =>
      JSON.stringify(spanOf(jsonTraceId, number, number === 1 ? { attributes: ['deep'] } : {})),
    );
    const value = nestedJson(levels, kind);
    const body = `{"resourceSpans":[{"scopeSpans":[{"spans":[${before},${deepJson?.replace('"deep"', () => `{"key":"deep","value":${value}}`)},${after}]}]}]}`;
    const { status, partial } = await post('traces', 'json', Buffer.from(body));
    expect(status).toBe(200);
    if (levels > maxValueDepth) expect(partial?.errorMessage).toContain('nested deeper than 64 levels');

    for (const id of [traceId, jsonTraceId]) {
      const stored = await spansOf(id);
      expect(stored.map(({ spanId }) => spanId).toSorted()).toEqual([0, 1, 2].map(spanIdOf));
      const [attributes] = (await spanAt(id, 1)).attributes;
      expect(depthOf(attributes?.value)).toBe(Math.min(levels, maxValueDepth));
    }
  });
});

function depthOf(value: AnyValue | undefined): number {
  let depth = 0;
  for (let rest = value; rest !== undefined && ('arrayValue' in rest || 'kvlistValue' in rest); depth += 1)
    rest = 'arrayValue' in rest ? rest.arrayValue.values[0] : (rest['kvlistValue'] as { values: { value: AnyValue }[] }).values[0]?.value;
  return depth;
}

describe('texts', () => {
  it('that are not UTF-8 are repaired wherever they stand, and found', async () => {
    const bad = Buffer.from([0xff, 0xfe, 0x41]);
    const repaired = '\uFFFD\uFFFDA';
    const traceId = newTraceId();
    const word = `w${traceId}`;
    const span = Buffer.concat([
      field(1, Buffer.from(traceId, 'hex')),
      field(2, Buffer.from(spanIdOf(0), 'hex')),
      field(3, bad),
      field(5, bad, Buffer.from(` ${word}`)),
      field(9, field(1, bad), field(2, field(1, bad))),
      field(15, field(2, bad), Buffer.from([0x18, 0x02])),
    ]);
    const neighbour = Buffer.concat([field(1, Buffer.from(traceId, 'hex')), field(2, Buffer.from(spanIdOf(1), 'hex'))]);
    expect((await post('traces', 'protobuf', rawRequest([span, neighbour]))).status).toBe(200);
    expect(await spanAt(traceId, 0)).toMatchObject({
      traceState: repaired,
      name: `${repaired} ${word}`,
      attributes: [{ key: repaired, value: { stringValue: repaired } }],
      status: { code: 2, message: repaired },
    });
    expect(await spanAt(traceId, 1)).toMatchObject({ spanId: spanIdOf(1), name: '' });
    expect(await find(word)).toMatchObject([{ traceId }]);
  });

  it.each([
    ['half a surrogate pair', '"a\\ud800b"', 'a\uFFFDb'],
    ['NUL', '"a\\u0000b"', 'a\0b'],
    ['bidirectional overrides and joiners', '"\\u202ea\\u200d\\u2067b"', '\u202Ea\u200D\u2067b'],
    ['characters beyond 16 bits', '"🌍👩‍👩‍👧"', '🌍👩‍👩‍👧'],
    ['an escape sequence', '"\\u001b[2J\\u009b31m"', '\u001b[2J\u009b31m'],
  ])('with %s come out as they are', async (_, written, read) => {
    const traceId = newTraceId();
    const { spans, expectNeighbours } = betweenNeighbours(spanOf(traceId, 0, { name: 'HERE' }));
    const body = toJson(spansRequest(spans))
      .toString()
      .replace('"HERE"', () => written);
    expect((await post('traces', 'json', Buffer.from(body))).status).toBe(200);
    expect((await spanAt(traceId, 0)).name).toBe(read);
    await expectNeighbours();
  });

  it('that name services and attributes mean nothing but themselves', async () => {
    const names = [
      '',
      'unknown_service:node',
      '../../x',
      '<script>alert(1)</script>',
      "'; DROP TABLE chunk; --",
      'constructor',
      '__proto__',
      'toString',
      '"',
      's'.repeat(10_000),
    ];
    for (const name of names) {
      const traceId = newTraceId();
      const keyed = [attribute(name, 'v'), attribute('marker', traceId)];
      expect(await postSpans([spanOf(traceId, 0, { attributes: keyed })], 'json', name)).toEqual(clean);
      expect((await spanAt(traceId, 0)).attributes).toEqual(keyed);
      expect(await find(`marker=${traceId}`)).toMatchObject([{ traceId, rootService: name }]);
    }
    const { items } = await served.ask<{ items: { name: string }[] }>('/services');
    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });

  it('that are keys of 1 MB come out, and 5,000 services are 5,000', async () => {
    const traceId = newTraceId();
    const key = 'k'.repeat(1_000_000);
    const { spans, expectNeighbours } = betweenNeighbours(spanOf(traceId, 0, { attributes: [attribute(key, 'v')] }));
    expect(await postSpans(spans)).toEqual(clean);
    expect((await spanAt(traceId, 0)).attributes).toEqual([attribute(key, 'v')]);
    await expectNeighbours();

    const manyTraceId = newTraceId();
    const groups = Array.from(
      { length: 5000 },
      (_, number) => spansRequest([spanOf(manyTraceId, number)], `many ${number}`)['resourceSpans'],
    );
    const body = toProtobuf('traces', { resourceSpans: groups.flat() });
    expect((await post('traces', 'protobuf', body)).status).toBe(200);
    const { items } = await served.ask<{ items: { name: string; spanCount: number }[] }>('/services');
    const many = items.filter(({ name }) => name.startsWith('many '));
    expect(new Set(many.map(({ name }) => name)).size).toBe(5000);
    expect(new Set(many.map(({ spanCount }) => spanCount))).toEqual(new Set([1]));
  });
});

describe('ids', () => {
  const good = 'f0'.repeat(16);
  it.each<[string, string, string]>([
    ['a trace id of zeros', '0'.repeat(32), spanIdOf(0)],
    ['a trace id of 15 bytes', 'ab'.repeat(15), spanIdOf(0)],
    ['a trace id of 17 bytes', 'ab'.repeat(17), spanIdOf(0)],
    ['no trace id', '', spanIdOf(0)],
    ['a trace id of odd length', 'a'.repeat(31), spanIdOf(0)],
    ['a trace id that is no hex', 'g'.repeat(32), spanIdOf(0)],
    ['a trace id in base64', 'QpC1h3qZMN55u0KDZTmOzA==', spanIdOf(0)],
    ['a span id of zeros', good, '0'.repeat(16)],
    ['a span id of 7 bytes', good, 'ab'.repeat(7)],
    ['a span id of 9 bytes', good, 'ab'.repeat(9)],
    ['no span id', good, ''],
  ])('%s: the span is rejected, the log record is kept without it, their neighbours are whole', async (_, traceId, spanId) => {
    const { spans, expectNeighbours } = betweenNeighbours(spanOf(traceId, 0, { spanId }));
    expect((await postSpans(spans)).partial).toMatchObject({ rejectedSpans: '1', errorMessage: expect.stringContaining('_id') });
    await expectNeighbours();
    const word = newTraceId();
    const answer = await post('logs', 'json', toJson(logsRequest([{ traceId, spanId, body: { stringValue: word } }])));
    expect(answer.partial?.rejectedLogRecords).toBeUndefined();
    const { items } = await served.ask<LogPage>(`/logs?query=${word}`);
    expect(items).toHaveLength(1);
    expect(items[0]?.contextTraceId === '' || items[0]?.contextSpanId === '').toBe(true);
  });

  it('in upper, lower and mixed case are the same trace', async () => {
    const traceId = newTraceId();
    const spans = [traceId, traceId.toUpperCase(), traceId.slice(0, 9) + traceId.slice(9).toUpperCase()].map((id, number) =>
      spanOf(id, number),
    );
    expect(await postSpans(spans)).toEqual(clean);
    expect((await structure(traceId)).summary.spanCount).toBe(3);
  });
});

describe('what comes twice', () => {
  it('is stored once, also at the same time over both protocols', async () => {
    const traceId = newTraceId();
    const body = toProtobuf('traces', spansRequest(traceOf(traceId, 20)));
    const statuses = await Promise.all([
      post('traces', 'protobuf', body).then(({ status }) => status),
      call(body).then(({ status }) => status),
      post('traces', 'protobuf', body).then(({ status }) => status),
    ]);
    expect(statuses).toEqual([200, 0, 200]);
    expect((await structure(traceId)).summary.spanCount).toBe(20);
    expect(await spansOf(traceId)).toHaveLength(20);
  });

  it('with other content is shown once, as it came last; in another trace it is another span', async () => {
    const [traceId, other] = [newTraceId(), newTraceId()];
    expect(await postSpans([spanOf(traceId, 0, { name: 'first' }), spanOf(other, 0, { name: 'other' })])).toEqual(clean);
    expect(await postSpans([spanOf(traceId, 0, { name: 'second' })])).toEqual(clean);
    expect((await spansOf(traceId)).map(({ name }) => name)).toEqual(['second']);
    expect((await spansOf(other)).map(({ name }) => name)).toEqual(['other']);
  });
});

describe('order and shape of a trace', () => {
  it('split over 50 requests of 3 services, the root last, is one whole trace', async () => {
    const traceId = newTraceId();
    const spans = traceOf(traceId, 150).toReversed();
    for (let part = 0; part < 50; part += 1)
      expect(await postSpans(spans.slice(part * 3, part * 3 + 3), 'json', `service ${part % 3}`)).toEqual(clean);
    const { summary, parent } = await structure(traceId);
    expect(summary).toMatchObject({ spanCount: 150, hasRoot: true, rootName: 'span 0' });
    expect(summary.services.map(({ name }) => name).toSorted()).toEqual(['service 0', 'service 1', 'service 2']);
    expect(parent.filter((row) => row === 0)).toHaveLength(149);
  });

  it.each<[string, (string | undefined)[], number[]]>([
    ['of two roots', [undefined, undefined, spanIdOf(0)], [-1, -1, 0]],
    ['whose parent never comes', [spanIdOf(77), spanIdOf(0)], [-2, 0]],
    ['that is a cycle of two', [spanIdOf(1), spanIdOf(0), undefined], [1, 0, -1]],
    ['that is a cycle of three, with a tail', [spanIdOf(2), spanIdOf(0), spanIdOf(1), spanIdOf(1)], [2, 0, 1, 1]],
    ['of a span that is its own parent', [spanIdOf(0), spanIdOf(0)], [0, 0]],
  ])('%s is kept as it was sent', async (_, parents, expected) => {
    const traceId = newTraceId();
    const spans = parents.map((parentSpanId, number) => spanOf(traceId, number, parentSpanId === undefined ? {} : { parentSpanId }));
    expect(await postSpans(spans)).toEqual(clean);
    expect((await structure(traceId)).parent).toEqual(expected);
    expect(await find(`name:"span 0"`)).toEqual(expect.arrayContaining([expect.objectContaining({ traceId })]));
  });
});

describe('times', () => {
  const largest = 18_446_744_073_709_551_615n;
  it.each<[string, bigint, bigint]>([
    ['no start', 0n, 1_790_000_000_000_000_000n],
    ['no end', 1_790_000_000_000_000_000n, 0n],
    ['an end before its start', 5n, 3n],
    ['no length', 7n, 7n],
    ['one nanosecond', 7n, 8n],
    ['thirty days', 1_790_000_000_000_000_000n, 1_792_592_000_000_000_000n],
    ['1970', 1n, 2n],
    ['2018', 1_544_712_660_300_000_001n, 1_544_712_660_300_000_002n],
    ['2100', 4_102_444_800_000_000_001n, 4_102_444_800_000_000_002n],
    ['2^53 + 1', 2n ** 53n + 1n, 2n ** 53n + 2n],
    ['2^63 - 1', 2n ** 63n - 1n, 2n ** 63n - 1n],
    ['2^63', 2n ** 63n - 1n, 2n ** 63n],
    ['2^64 - 1', 2n ** 64n - 2n, largest],
    ['everything', 0n, largest],
  ])('of %s are exact to the nanosecond in both encodings', async (_, start, end) => {
    for (const encoding of ['protobuf', 'json'] as const) {
      const traceId = newTraceId();
      const times = { startTimeUnixNano: String(start), endTimeUnixNano: String(end) };
      const events = [{ timeUnixNano: String(largest), name: 'outside', attributes: [], droppedAttributesCount: 0 }];
      const { spans, expectNeighbours } = betweenNeighbours(spanOf(traceId, 0, { ...times, events }));
      expect((await postSpans(spans, encoding)).status).toBe(200);
      expect(await spanAt(traceId, 0)).toMatchObject({ ...times, events });
      const { summary, offsetNs, durationNs } = await structure(traceId);
      expect({ offsetNs, durationNs }).toEqual({ offsetNs: [0], durationNs: [Number(end - start)] });
      expect(BigInt(summary.durationNano)).toBe(end > start ? end - start : 0n);
      await expectNeighbours();
    }
  });
});

it('and after all of this, everything is in order', async () => {
  expect((await served.status()).notices).toEqual([]);
  await expectUnharmed(served, ledger);
});
