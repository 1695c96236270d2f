import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decodeTraces } from '#main/decode/decode';
import type { Span } from '#proto/model/span';
import { filePayloads } from './file-payloads.ts';
import { isProblem, type Problem } from './payload.ts';

/** Files as they are found, told apart by what they hold. */
async function read(content: string | Uint8Array) {
  const folder = mkdtempSync(path.join(tmpdir(), 'sidelight-formats-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'file');
  writeFileSync(file, content);
  const spans: (Span & { service: string; scope: string })[] = [];
  const problems: Problem[] = [];
  const formats = new Set<string>();
  for await (const part of filePayloads(file, () => undefined)) {
    if (isProblem(part)) {
      problems.push(part);
      continue;
    }
    const [{ contentType, format }] = part.parts;
    formats.add(format);
    for (const { resource, scope, items } of decodeTraces(part.body, contentType === 'application/json' ? 'json' : 'protobuf').groups) {
      const name = resource.attributes.find(({ key }) => key === 'service.name')?.value;
      const service = name !== undefined && 'stringValue' in name ? (name.stringValue ?? '') : '';
      spans.push(...items.map((span) => ({ ...span, service, scope: scope.name })));
    }
  }
  return { spans, problems, formats: [...formats] };
}

const startMicros = 1_544_712_660_300_123;
const traceId = 'af7651916cd43dd8448eb211c80319c0';

const jaegerSpan = {
  traceID: traceId,
  spanID: 'b7ad6b7169203331',
  operationName: 'HTTP GET /customer',
  references: [],
  flags: 1,
  startTime: startMicros,
  duration: 1_500,
  tags: [
    { key: 'span.kind', type: 'string', value: 'server' },
    { key: 'http.status_code', type: 'int64', value: 500 },
    { key: 'big', type: 'int64', value: '9223372036854775807' },
    { key: 'ratio', type: 'float64', value: 3 },
    { key: 'sampled', type: 'bool', value: true },
    { key: 'blob', type: 'binary', value: 'AAEC' },
    { key: 'error', type: 'bool', value: true },
    { key: 'otel.library.name', type: 'string', value: 'net/http' },
  ],
  logs: [
    {
      timestamp: startMicros + 7,
      fields: [
        { key: 'event', type: 'string', value: 'retry' },
        { key: 'attempt', type: 'int64', value: 2 },
      ],
    },
  ],
  processID: 'p1',
  warnings: ['clock skew'],
  stackTraces: { not: 'known' },
};

const jaegerTrace = (spans: unknown[]) => ({
  traceID: traceId,
  spans,
  processes: { p1: { serviceName: 'customer', tags: [{ key: 'hostname', type: 'string', value: 'box' }] }, p2: { serviceName: 'redis' } },
  warnings: null,
});

describe('Jaeger JSON', () => {
  it('keeps ids, times, types, events, the process and what OTLP has no field for', async () => {
    const child = {
      ...jaegerSpan,
      spanID: 'abc',
      processID: 'p2',
      references: [
        { refType: 'FOLLOWS_FROM', traceID: traceId, spanID: 'b7ad6b7169203332' },
        { refType: 'CHILD_OF', traceID: traceId, spanID: 'b7ad6b7169203331' },
        { refType: 'FOLLOWS_FROM', traceID: '12', spanID: '34' },
      ],
      tags: [],
      logs: [],
      warnings: null,
    };
    const { spans, problems, formats } = await read(JSON.stringify({ data: [jaegerTrace([jaegerSpan, child])], total: 0, errors: null }));
    expect([problems, formats]).toEqual([[], ['Jaeger JSON']]);
    const [parent, kid] = spans;
    expect(parent).toMatchObject({
      traceId,
      spanId: 'b7ad6b7169203331',
      parentSpanId: '',
      flags: 1,
      name: 'HTTP GET /customer',
      kind: 2,
      startTimeUnixNano: '1544712660300123000',
      endTimeUnixNano: '1544712660301623000',
      status: { code: 2, message: '' },
      service: 'customer',
      scope: 'net/http',
      events: [{ timeUnixNano: '1544712660300130000', name: 'retry', attributes: [{ key: 'attempt', value: { intValue: '2' } }] }],
    });
    expect(parent?.attributes).toEqual([
      { key: 'http.status_code', value: { intValue: '500' } },
      { key: 'big', value: { intValue: '9223372036854775807' } },
      { key: 'ratio', value: { doubleValue: 3 } },
      { key: 'sampled', value: { boolValue: true } },
      { key: 'blob', value: { bytesValue: 'AAEC' } },
      { key: 'jaeger.warnings', value: { arrayValue: { values: [{ stringValue: 'clock skew' }] } } },
      { key: 'jaeger.stackTraces', value: { stringValue: '{"not":"known"}' } },
    ]);
    expect(kid).toMatchObject({
      spanId: '0000000000000abc',
      parentSpanId: 'b7ad6b7169203331',
      service: 'redis',
      links: [
        { traceId, spanId: 'b7ad6b7169203332', attributes: [{ key: 'opentracing.ref_type', value: { stringValue: 'follows_from' } }] },
        { traceId: '12'.padStart(32, '0'), spanId: '34'.padStart(16, '0') },
      ],
    });
  });

  it('fills 64-bit trace ids up, and takes FOLLOWS_FROM for a parent where there is no other, beside its link', async () => {
    const [span] = (
      await read(
        JSON.stringify(
          {
            data: [
              {
                ...jaegerTrace([
                  { ...jaegerSpan, traceID: 'deadbeef', references: [{ refType: 'FOLLOWS_FROM', traceID: 'deadbeef', spanID: '1' }] },
                ]),
                traceID: 'deadbeef',
              },
            ],
          },
          undefined,
          2,
        ),
      )
    ).spans;
    expect(span).toMatchObject({ traceId: 'deadbeef'.padStart(32, '0'), parentSpanId: '1'.padStart(16, '0') });
    expect(span?.links).toHaveLength(1);
  });

  it('loses what is no span, alone, and says which', async () => {
    const bad = [
      { ...jaegerSpan, spanID: 'xyz' },
      7,
      { ...jaegerSpan, startTime: -5 },
      { ...jaegerSpan, tags: 'none', logs: [null, 3], references: {} },
    ];
    const text = JSON.stringify({ data: [jaegerTrace([jaegerSpan, ...bad]), { traceID: 1 }, jaegerTrace([jaegerSpan])] });
    for (const content of [text, `\n${text.replace('{"data":[', '{"data":[\n')}`]) {
      const { spans, problems } = await read(content);
      expect(spans).toHaveLength(3);
      expect(problems.map(({ place }) => place.replace(/^.*?(span \d|trace \d)/, '$1'))).toEqual(
        expect.arrayContaining([expect.stringContaining('span 2'), expect.stringContaining('span 3'), expect.stringContaining('span 4')]),
      );
      expect(problems).toHaveLength(4);
    }
  });

  it('that is cut off gives the traces that are whole', async () => {
    const text = JSON.stringify({ data: [jaegerTrace([jaegerSpan]), jaegerTrace([jaegerSpan])] }, undefined, 1);
    const { spans, problems } = await read(text.slice(0, -40));
    expect(spans).toHaveLength(1);
    expect(problems).toEqual([
      { place: expect.stringMatching(/^data trace 2 \(line \d+\)$/), message: 'is cut off by the end of the file' },
    ]);
  });
});

const zipkinSpan = {
  traceId: '5982fe77008310cc80f1da5e10147519',
  id: '90394f6bcffb5d13',
  kind: 'CLIENT',
  name: 'get /api',
  timestamp: startMicros,
  duration: 2_000,
  localEndpoint: { serviceName: 'frontend', ipv4: '10.0.0.1', port: 8080 },
  remoteEndpoint: { serviceName: 'backend', ipv4: '10.0.0.2', port: 9000 },
  annotations: [{ timestamp: startMicros + 1, value: 'wire send' }],
  tags: { 'http.path': '/api', error: 'timed out' },
};

describe('Zipkin v2 JSON', () => {
  it('keeps kind, endpoints, annotations, tags and the error', async () => {
    const { spans, problems, formats } = await read(JSON.stringify([{ ...zipkinSpan, debug: true, odd: [1] }]));
    expect([problems, formats]).toEqual([[], ['Zipkin JSON']]);
    expect(spans).toMatchObject([
      {
        traceId: zipkinSpan.traceId,
        spanId: zipkinSpan.id,
        parentSpanId: '',
        kind: 3,
        name: 'get /api',
        startTimeUnixNano: '1544712660300123000',
        endTimeUnixNano: '1544712660302123000',
        service: 'frontend',
        status: { code: 2, message: 'timed out' },
        events: [{ timeUnixNano: '1544712660300124000', name: 'wire send' }],
      },
    ]);
    const attributes = new Map(spans[0]?.attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
    expect(Object.fromEntries(attributes)).toEqual({
      'http.path': '/api',
      error: 'timed out',
      'network.local.address': '10.0.0.1',
      'network.local.port': '8080',
      'network.peer.address': '10.0.0.2',
      'network.peer.port': '9000',
      'peer.service': 'backend',
      'zipkin.debug': true,
      'zipkin.odd': '[1]',
    });
  });

  it('gives the receiving side of a shared span an id of its own, and its children with it', async () => {
    const server = { ...zipkinSpan, kind: 'SERVER', shared: true, localEndpoint: { serviceName: 'backend' }, tags: {} };
    const inner = { ...zipkinSpan, id: '1', parentId: zipkinSpan.id, localEndpoint: { serviceName: 'backend' } };
    const own = { ...zipkinSpan, id: '2', parentId: zipkinSpan.id };
    const { spans } = await read(
      JSON.stringify(
        [
          [inner, server],
          [zipkinSpan, own],
        ].flat(),
      ),
    );
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    expect(byId.size).toBe(4);
    const received = spans.find(({ service, kind }) => service === 'backend' && kind === 2);
    expect(received).toMatchObject({ parentSpanId: zipkinSpan.id });
    expect(byId.get('1'.padStart(16, '0'))?.parentSpanId).toBe(received?.spanId);
    expect(byId.get('2'.padStart(16, '0'))?.parentSpanId).toBe(zipkinSpan.id);
    // Where the calling side is not there, nothing is shared.
    const [alone] = (await read(JSON.stringify([{ ...server, parentId: 'ff' }]))).spans;
    expect(alone).toMatchObject({ spanId: zipkinSpan.id, parentSpanId: 'ff'.padStart(16, '0') });
  });

  it('is read as traces, as pretty text and with bad spans among the good', async () => {
    const traces = [[zipkinSpan], [{ ...zipkinSpan, traceId: '1' }, { id: 5 }, { ...zipkinSpan, timestamp: 'soon' }]];
    for (const content of [JSON.stringify(traces), JSON.stringify(traces, undefined, 2)]) {
      const { spans, problems } = await read(content);
      expect(spans).toHaveLength(3);
      expect(problems).toHaveLength(1);
      expect(spans.find(({ startTimeUnixNano }) => startTimeUnixNano === '1544712660300124000')?.attributes).toContainEqual({
        key: 'zipkin.absent_timestamp',
        value: { boolValue: true },
      });
    }
  });

  it('that is cut off gives the spans that are whole', async () => {
    const text = JSON.stringify([zipkinSpan, { ...zipkinSpan, id: '2' }]);
    const { spans, problems } = await read(text.slice(0, -30));
    expect(spans).toHaveLength(1);
    expect(problems).toEqual([{ place: 'record 2 (line 1)', message: 'is cut off by the end of the file' }]);
  });
});

describe('OTLP', () => {
  const resourceSpans = (id: number) => ({
    scopeSpans: [
      { spans: [{ traceId, spanId: String(id).padStart(16, '0'), name: 'a "[{,\\', startTimeUnixNano: '1', endTimeUnixNano: '2' }] },
    ],
  });

  it('in one document is read element by element, and keeps every digit', async () => {
    const text = JSON.stringify({ resourceSpans: [resourceSpans(1), resourceSpans(2)], note: [1, 2] }, undefined, 2);
    const broken = text.replace('"0000000000000001"', '000').replace('"endTimeUnixNano": "2"', '"endTimeUnixNano": 1760000000000000123');
    const { spans, problems, formats } = await read(broken);
    expect(formats).toEqual(['OTLP JSON']);
    expect(spans.map(({ spanId }) => spanId)).toEqual(['0000000000000002']);
    expect(problems).toEqual([{ place: 'resourceSpans record 1 (line 3)', message: expect.stringContaining('is not JSON') }]);
    const { spans: exact } = await read(text.replace('"endTimeUnixNano": "2"', '"endTimeUnixNano": 1760000000000000123'));
    expect(exact[0]?.endTimeUnixNano).toBe('1760000000000000123');
  });

  it('in a list of documents is read, too', async () => {
    const { spans } = await read(
      JSON.stringify([{ resourceSpans: [resourceSpans(1)] }, { resourceSpans: [resourceSpans(2)] }], undefined, 2),
    );
    expect(spans).toHaveLength(2);
  });

  it('on lines of which the first is damaged loses that line alone', async () => {
    const { spans, problems } = await read(`{"resourceSpans":[\n${JSON.stringify({ resourceSpans: [resourceSpans(1)] })}\n`);
    expect(spans).toHaveLength(1);
    expect(problems).toEqual([{ place: 'line 1', message: expect.stringContaining('is not JSON') }]);
  });
});

it.each([
  ['nothing known', '{"hello":[1,2,3]}'],
  ['numbers', '[1,2,3]'],
  ['an open bracket', '['],
  ['depth', '['.repeat(100_000)],
  ['fields of every object', '{"__proto__":[{"traceID":"1","spans":[]}],"constructor":[]}'],
  ['an unfinished text', '{"data'],
])('%s is refused in words', async (_name, content) => {
  await expect(read(content)).rejects.toThrow('This file cannot be read');
});
