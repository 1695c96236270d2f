import { once } from 'node:events';
import { createServer } from 'node:http';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { KeyValue } from '#proto/model/any-value';
import type { Decoded } from '#proto/model/batch';
import type { LogRecord } from '#proto/model/log';
import { type Span, SpanKind, StatusCode } from '#proto/model/span';
import { decodeLogs, decodeTraces } from '#main/decode/decode';
import { createByteBudget } from '#main/receive/byte-budget';
import type { ExportOutcome, ExportRequest } from '#main/receive/interface';
import { startReceiver } from '#main/receive/receiver';
import { sendSamples } from './send-samples.ts';

type Of<Item> = Item & { service: string; resource: KeyValue[]; scopeName: string };

interface Sent {
  traceIds: string[];
  spans: Of<Span>[];
  logs: Of<LogRecord>[];
  warnings: string[];
  rejected: number;
  sentNs: bigint;
}

let first: Sent;
let second: Sent;
beforeAll(async () => {
  first = await send();
  second = await send();
});

describe('what arrives', () => {
  it('decodes without a warning, nothing rejected', () => {
    expect([first.warnings, first.rejected]).toEqual([[], 0]);
  });

  it('gives the trace ids of all roots, first to last', () => {
    const roots = first.spans.filter(({ parentSpanId }) => parentSpanId === '').toSorted(byStart);
    expect(roots.map(({ traceId }) => traceId)).toEqual(first.traceIds);
    expect(new Set(first.spans.map(({ traceId }) => traceId)).size).toBe(first.traceIds.length);
    expect(first.traceIds.length).toBeGreaterThanOrEqual(7);
  });

  it('is all of the last two minutes', () => {
    const times = [...first.spans.map(({ endTimeUnixNano }) => endTimeUnixNano), ...first.logs.map(({ timeUnixNano }) => timeUnixNano)].map(
      BigInt,
    );
    for (const time of times) {
      expect(time).toBeLessThan(first.sentNs);
      expect(time).toBeGreaterThan(first.sentNs - 120_000_000_000n);
    }
  });

  it('nests: a child lies inside its parent, and events inside their span', () => {
    const byId = new Map(first.spans.map((span) => [span.spanId, span]));
    for (const span of first.spans) {
      const [from, to] = interval(span);
      expect(to).toBeGreaterThan(from);
      for (const { timeUnixNano } of span.events) expectWithin(BigInt(timeUnixNano), [from, to], span.name);
      const parent = byId.get(span.parentSpanId);
      if (parent === undefined) continue;
      expect(parent.traceId).toBe(span.traceId);
      expectWithin(from, interval(parent), `${span.name} in ${parent.name}`);
      expectWithin(to, interval(parent), `${span.name} in ${parent.name}`);
    }
  });

  it('describes each service like a Python process', () => {
    expect(new Set(first.spans.map(({ service }) => service))).toEqual(new Set(['ktrdr-api', 'ib-host-service', 'training-host-service']));
    for (const { resource } of [...first.spans, ...first.logs]) {
      const keys = resource.map(({ key }) => key);
      expect(keys).toEqual(
        expect.arrayContaining([
          'service.namespace',
          'service.version',
          'service.instance.id',
          'telemetry.sdk.language',
          'process.pid',
          'host.name',
        ]),
      );
    }
  });

  it('twice is two sets of the same shape', () => {
    expect(shapeOf(second)).toEqual(shapeOf(first));
    const known = new Set(idsOf(first));
    expect(idsOf(second).some((id) => known.has(id))).toBe(false);
    expect(text(second.spans[0], 'operation.id')).not.toBe(text(first.spans[0], 'operation.id'));
  });
});

describe('planted situations', () => {
  it('a quote goes through API, broker and PostgreSQL, and ends well', () => {
    const trace = traceOf(first, 0);
    expect(new Set(trace.map(({ service }) => service))).toEqual(new Set(['ktrdr-api', 'ib-host-service']));
    expect(trace.filter((span) => text(span, 'db.system') === 'postgresql')).toHaveLength(2);
    expect(trace.every(({ status }) => status.code === StatusCode.unset)).toBe(true);
    expect(trace[0]).toMatchObject({ name: 'GET /api/v1/quotes/{symbol}', kind: SpanKind.server });
    expect(text(trace[0], 'symbol')).toBe('AAPL');
  });

  it('a call to the broker is refused: an error on the client span, no server span, 502 from the API', () => {
    const trace = traceOf(first, -1);
    const [call] = trace.filter((span) => text(span, 'http.url')?.startsWith('http://localhost:5001/'));
    expect(call).toMatchObject({
      kind: SpanKind.client,
      status: { code: StatusCode.error, message: 'ConnectError: All connection attempts failed' },
    });
    expect(call?.events[0]?.name).toBe('exception');
    expect(text(call?.events[0], 'exception.type')).toBe('httpx.ConnectError');
    expect(text(call?.events[0], 'exception.stacktrace')).toMatch(/^Traceback[\s\S]+File ".+", line \d+, in /);
    expect(trace.some(({ parentSpanId }) => parentSpanId === call?.spanId)).toBe(false);
    expect([text(trace[0], 'http.status_code'), trace[0]?.status.code]).toEqual(['502', StatusCode.error]);
  });

  it('a SELECT takes 2.1 s of a request of 2.4 s, and a WARN says so', () => {
    const query = first.spans.filter((span) => span.name === 'SELECT').toSorted((a, b) => milliseconds(b) - milliseconds(a))[0];
    const root = first.spans.find(({ spanId }) => spanId === query?.parentSpanId);
    expect([Math.round(milliseconds(query) / 100), Math.round(milliseconds(root) / 100)]).toEqual([21, 24]);
    expect(first.logs.find(({ body }) => JSON.stringify(body).includes('Slow query'))?.severityText).toBe('WARN');
  });

  it('a ValueError deep in the training host becomes 500 on both sides', () => {
    const failing = first.spans.find(({ name }) => name === 'features.assemble');
    const trace = first.spans.filter(({ traceId }) => traceId === failing?.traceId);
    expect(text(failing?.events[0], 'exception.stacktrace')?.split('\n').length).toBeGreaterThan(10);
    const servers = trace.filter(({ kind }) => kind === SpanKind.server);
    expect(servers.map((span) => [span.service, text(span, 'http.status_code'), span.status.code])).toEqual([
      ['ktrdr-api', '500', StatusCode.error],
      ['training-host-service', '500', StatusCode.error],
    ]);
  });

  it('a call is sent again after 503, and succeeds', () => {
    const attempts = first.spans
      .filter((span) => span.kind === SpanKind.client && text(span, 'http.url')?.endsWith('bar=1d'))
      .toSorted(byStart);
    expect(attempts.map((span) => [text(span, 'http.status_code'), text(span, 'http.request.resend_count')])).toEqual([
      ['503', undefined],
      ['200', '1'],
    ]);
  });

  it('a training run of 40 to 60 spans links back to the request that queued it', () => {
    const root = first.spans.find(({ kind }) => kind === SpanKind.consumer);
    const run = first.spans.filter(({ traceId }) => traceId === root?.traceId);
    expect(run.length).toBeGreaterThanOrEqual(40);
    expect(run.length).toBeLessThanOrEqual(60);
    expect(run.some(({ events }) => events.some(({ name }) => name === 'epoch completed'))).toBe(true);
    const [link] = root?.links ?? [];
    const queued = first.spans.find(({ spanId }) => spanId === link?.spanId);
    expect(queued).toMatchObject({ kind: SpanKind.producer, traceId: link?.traceId });
    expect(queued?.traceId).not.toBe(root?.traceId);
    expect(text(queued, 'operation.id')).toBe(text(root, 'operation.id'));
  });

  it('logs correlate by their own fields, by otelTraceID only, by both, or not at all', () => {
    const kinds = first.logs.map((log) => {
      const attribute = text(log, 'otelTraceID');
      if (log.traceId === '') return attribute === undefined ? 'none' : 'attribute';
      return attribute === undefined ? 'field' : 'both';
    });
    expect(new Set(kinds)).toEqual(new Set(['none', 'attribute', 'field', 'both']));
    const known = new Set(first.traceIds);
    const named = first.logs.flatMap((log) => text(log, 'otelTraceID') ?? []);
    expect(named.every((traceId) => known.has(traceId))).toBe(true);
  });

  it('logs go from DEBUG to ERROR, one has a structured body', () => {
    expect(new Set(first.logs.map(({ severityText }) => severityText))).toEqual(new Set(['DEBUG', 'INFO', 'WARN', 'ERROR']));
    const structured = first.logs.find(({ body }) => body !== undefined && 'kvlistValue' in body);
    expect(JSON.stringify(structured?.body)).toContain('quote_served');
  });
});

describe('failure', () => {
  it('says so where nothing listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    const port = typeof address === 'object' ? address?.port : 0;
    await expect(sendSamples(`http://127.0.0.1:${port}`)).rejects.toThrow(
      `Nothing that speaks OTLP/HTTP answers at http://127.0.0.1:${port}`,
    );
  });

  it.each<[ExportOutcome, string]>([
    [{ kind: 'unavailable', message: 'disk full' }, '/v1/traces answered 503'],
    [{ kind: 'accepted', rejected: 1, message: 'one is too long' }, 'one is too long'],
  ])('says so after %j', async (outcome, message) => {
    const { url, stop } = await startRecording(() => Promise.resolve(outcome));
    onTestFinished(stop);
    await expect(sendSamples(url)).rejects.toThrow(message);
  });
});

async function startRecording(
  answer: (request: ExportRequest) => Promise<ExportOutcome>,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const limits = { maxPayloadBytes: 2 ** 20, budget: createByteBudget(2 ** 22) };
  const receiver = await startReceiver({ port: 0, ingest: answer, onMistake: () => undefined, ...limits });
  return { url: `http://localhost:${receiver.port}`, stop: () => receiver.stop(0) };
}

async function send(): Promise<Sent> {
  const requests: ExportRequest[] = [];
  const { url, stop } = await startRecording((request) => {
    requests.push(request);
    return Promise.resolve({ kind: 'accepted', rejected: 0, message: '' });
  });
  const traceIds = await sendSamples(url);
  const sentNs = BigInt(Date.now()) * 1_000_000n;
  await stop();
  const payloadsOf = (signal: string): Uint8Array[] =>
    requests.filter((request) => request.signal === signal).map(({ payload }) => payload);
  const traces = payloadsOf('traces').map((payload) => decodeTraces(payload, 'protobuf'));
  const logs = payloadsOf('logs').map((payload) => decodeLogs(payload, 'protobuf'));
  const all = [...traces, ...logs];
  return {
    traceIds,
    sentNs,
    spans: traces.flatMap((decoded) => flatten(decoded)),
    logs: logs.flatMap((decoded) => flatten(decoded)),
    warnings: all.flatMap(({ warnings }) => warnings),
    rejected: all.reduce((sum, { rejected }) => sum + rejected, 0),
  };
}

function flatten<Item>({ groups }: Decoded<Item>): Of<Item>[] {
  return groups.flatMap(({ resource, scope, items }) => {
    const service = text(resource, 'service.name') ?? '';
    return items.map((item) => Object.assign({}, item, { service, resource: resource.attributes, scopeName: scope.name }));
  });
}

/** Spans of the trace with that place among all, root first. */
function traceOf({ traceIds, spans }: Sent, index: number): Of<Span>[] {
  return spans.filter(({ traceId }) => traceId === traceIds.at(index)).toSorted(byStart);
}

/** An attribute's value as text, whatever its type. */
function text(holder: { attributes: KeyValue[] } | undefined, key: string): string | undefined {
  const value = holder?.attributes.find((attribute) => attribute.key === key)?.value;
  return value === undefined ? undefined : String(Object.values(value)[0]);
}

function interval({ startTimeUnixNano, endTimeUnixNano }: Span): [bigint, bigint] {
  return [BigInt(startTimeUnixNano), BigInt(endTimeUnixNano)];
}

function milliseconds(span: Span | undefined): number {
  if (span === undefined) return Number.NaN;
  const [from, to] = interval(span);
  return Number(to - from) / 1e6;
}

function byStart(a: Span, b: Span): number {
  return Number(interval(a)[0] - interval(b)[0]);
}

/** `what` makes the failure readable. */
function expectWithin(time: bigint, [from, to]: [bigint, bigint], what: string): void {
  expect({ what, within: time >= from && time <= to }).toEqual({ what, within: true });
}

/** Everything but the ids and the absolute times. */
function shapeOf({ spans, logs }: Sent): unknown {
  const spanShapes = spans.map((span) => [span.name, span.service, interval(span)[1] - interval(span)[0]]);
  return [spanShapes, logs.map(({ severityText, service }) => [severityText, service])];
}

function idsOf({ spans }: Sent): string[] {
  return spans.flatMap(({ traceId, spanId }) => [traceId, spanId]);
}
