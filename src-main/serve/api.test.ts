import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeTraceColumns } from '#proto/bridge/trace-columns';
import { log, spanId, takenPort, traceId } from './in-memory-engine.fixture.ts';
import { bearer, TestServer, type Ask } from './ui-server.fixture.ts';

describe('/api, with an engine in memory', () => {
  const server = new TestServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  it('answers every question', async () => {
    expect(await server.askJson('/api/status')).toMatchObject({ status: 200, json: { version: '0.1.0' } });
    expect(await server.askJson('/api/services')).toMatchObject({ json: { items: [{ name: 'api' }] } });
    expect(await server.askJson('/api/traces?limit=3&query=a%20b&cursor=c')).toMatchObject({
      json: { items: [{ traceId, rootName: 'GET /orders', durationNano: '1500000' }] },
    });
    expect(server.engine.searches.at(-1)).toEqual({ query: 'a b', limit: 3, cursor: 'c' });
    expect(await server.askJson(`/api/traces/${traceId}`)).toMatchObject({
      json: { spans: [{ spanId, startTimeUnixNano: '1544712660300000001' }] },
    });
    expect(await server.askJson(`/api/traces/${traceId}/structure`)).toMatchObject({ json: { spanId: [spanId] } });
    expect(await server.askJson(`/api/traces/${traceId}/spans/${spanId}`)).toMatchObject({ json: { name: 'GET /orders' } });
    expect(await server.askJson(`/api/logs?traceId=${traceId}&spanId=${spanId}&minSeverity=17`)).toMatchObject({ json: { items: [] } });
    expect(await server.askJson('/api/logs/7')).toMatchObject({ status: 200, json: log });
    expect(server.engine.searches.at(-1)).toEqual({ query: '', traceId, spanId, minSeverity: 17, order: 'newest', limit: 100 });
  });

  it('gives the columns of a trace as bytes', async () => {
    const response = await fetch(`http://${server.host}/api/traces/${traceId}/columns`, { headers: bearer });
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    const { parent, durationNs } = decodeTraceColumns(new Uint8Array(await response.arrayBuffer()));
    expect({ parent, durationNs }).toEqual({ parent: Int32Array.of(-1), durationNs: Float64Array.of(1_500_000) });
  });

  it('takes parameters without a value as not given', async () => {
    expect(await server.askJson('/api/traces?query=&limit=&cursor=')).toMatchObject({ status: 200 });
    expect(server.engine.searches.at(-1)).toEqual({ query: '', limit: 50 });
    expect(await server.askJson('/api/logs?query=a%3Db&traceId=&spanId')).toMatchObject({ status: 200 });
    expect(server.engine.searches.at(-1)).toEqual({ query: 'a=b', minSeverity: 0, order: 'newest', limit: 100 });
  });

  it('takes up to 10,000 spans a page', async () => {
    expect(await server.askJson(`/api/traces/${traceId}?limit=10000`)).toMatchObject({ status: 200 });
    expect(await server.askJson(`/api/traces/${traceId}?limit=10001`)).toMatchObject({ status: 400 });
  });

  it('exports what a search finds as lines, as they are read', async () => {
    const { status, headers, body } = await server.ask('/api/traces/export?query=a&limit=5');
    expect([status, headers['content-type'], body]).toEqual([
      200,
      'application/jsonl; charset=utf-8',
      '{"resourceSpans":[{"resource":{},"scopeSpans":[]}]}\n',
    ]);
    expect(server.engine.searches.at(-1)).toMatchObject({ query: 'a', limit: 5 });
    expect(await server.askJson('/api/traces/export?query=%22')).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('quotation') },
    });
    expect(await server.askJson('/api/traces/export?query=away')).toMatchObject({ status: 503 });
    expect(await server.askJson('/api/traces/export?limit=0')).toMatchObject({ status: 400 });
    expect((await server.ask('/api/traces/export', { headers: {} })).status).toBe(401);
  });

  it('takes files only in pieces that it awaits', async () => {
    const post = (target: string, body: object) =>
      server.askJson(target, { method: 'POST', headers: { ...bearer, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    expect(await server.askJson('/api/imports')).toMatchObject({ status: 200, json: { items: [] } });
    expect(await post('/api/imports/1/pieces', { offset: 0, base64: 'AAAA' })).toMatchObject({ status: 404 });
    expect(await post('/api/imports/1/pieces', { offset: 0, base64: '<no base64>' })).toMatchObject({ status: 400 });
    expect(await post('/api/imports/1/pieces', { offset: -1, base64: 'AAAA' })).toMatchObject({ status: 400 });
    expect(await post('/api/imports', { name: '', bytes: 1 })).toMatchObject({ status: 400 });
    expect(await post('/api/imports', { name: 'a', bytes: 0 })).toMatchObject({ status: 400 });
    expect(await post('/api/imports/1/remove', {})).toMatchObject({ status: 404 });
  });

  it('changes something only by POST', async () => {
    const json = { ...bearer, 'content-type': 'application/json' };
    expect(await server.askJson('/api/samples', { method: 'POST' })).toMatchObject({ status: 200, json: { traceIds: [traceId] } });
    expect(await server.askJson('/api/receivers/grpc', { method: 'POST', headers: json, body: '{"port":5000}' })).toMatchObject({
      json: { protocol: 'grpc', port: 5000 },
    });
    const pin = (id: string) => server.askJson(`/api/traces/${id}/pin`, { method: 'POST', headers: json, body: '{"pinned":true}' });
    expect(await pin(traceId)).toMatchObject({ status: 200, json: { pinned: true } });
    expect(await pin('f'.repeat(32))).toMatchObject({ status: 404 });
    for (const target of ['/api/samples', '/api/receivers/grpc?port=5000', `/api/traces/${traceId}/pin?pinned=true`])
      expect((await server.ask(target)).status).toBe(404);
  });

  it('answers errors in one shape', async () => {
    const shape = { defined: expect.any(Boolean), code: expect.any(String), status: expect.any(Number), message: expect.any(String) };
    const cases: [string, Ask, number, string][] = [
      ['/api/traces?query=%22', {}, 400, 'BAD_QUERY'],
      ['/api/traces?limit=0', {}, 400, 'BAD_REQUEST'],
      ['/api/traces?limit=1e9', {}, 400, 'BAD_REQUEST'],
      ['/api/traces/xyz', {}, 400, 'BAD_REQUEST'],
      [`/api/traces/${'f'.repeat(32)}`, {}, 404, 'NOT_FOUND'],
      ['/api/logs/8', {}, 404, 'NOT_FOUND'],
      ['/api/logs/0x7', {}, 400, 'BAD_REQUEST'],
      ['/api/logs/99999999999999999999', {}, 400, 'BAD_REQUEST'],
      ['/api/nothing', {}, 404, 'NOT_FOUND'],
      ['/api', {}, 404, 'NOT_FOUND'],
      ['/api/traces?query=away', {}, 503, 'UNAVAILABLE'],
      ['/api/traces?query=boom', {}, 500, 'INTERNAL_SERVER_ERROR'],
      ['/api/status', { headers: {} }, 401, 'UNAUTHORIZED'],
      ['/api/status', { headers: { ...bearer, origin: 'null' } }, 403, 'FORBIDDEN'],
      ['/api/status', { headers: { ...bearer, host: 'evil.test' } }, 403, 'FORBIDDEN'],
      ['/api/samples', { method: 'POST', headers: { ...bearer, 'content-type': 'text/plain' }, body: '{}' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
      [
        '/api/receivers/grpc',
        { method: 'POST', headers: { ...bearer, 'content-type': 'application/json' }, body: '{' },
        400,
        'BAD_REQUEST',
      ],
      [
        '/api/receivers/grpc',
        { method: 'POST', headers: { ...bearer, 'content-type': 'application/json' }, body: JSON.stringify({ port: takenPort }) },
        409,
        'PORT_TAKEN',
      ],
      ['/rpc', {}, 426, 'UPGRADE_REQUIRED'],
    ];
    for (const [target, options, status, code] of cases) {
      const answer = await server.askJson(target, options);
      expect({ target, status: answer.status, json: answer.json }).toMatchObject({ target, status, json: { ...shape, status, code } });
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(JSON.stringify(answer.json)).not.toMatch(/secret|node_modules|\.ts:/);
    }
    expect(server.reported).toEqual([expect.objectContaining({ message: 'secret detail of the inside' })]);
  });

  it('says where a query cannot be read', async () => {
    expect((await server.askJson('/api/traces?query=%22')).json.data).toEqual({
      position: 0,
      message: 'The quotation mark is not closed.',
    });
  });

  it('takes the last of what is given twice for what it is: not a string', async () => {
    expect((await server.ask('/api/traces?query=a&query=b')).status).toBe(400);
    expect((await server.ask('/api/traces?__proto__[x]=1&constructor[prototype][y]=2')).status).toBe(200);
    expect({}).not.toHaveProperty('x');
  });

  it('refuses a body that is too large, before it has been read', async () => {
    const headers = { ...bearer, 'content-type': 'application/json', 'content-length': '50000000' };
    const request = server.request('/api/receivers/grpc', { method: 'POST', headers });
    request.on('error', () => undefined);
    request.write('{');
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(413);
    request.destroy();
  });

  it('answers HEAD and OPTIONS, and nothing to other origins', async () => {
    expect(await server.ask('/api/status', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect(await server.ask('/api/changes', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    const options = await server.ask('/api/status', { method: 'OPTIONS' });
    expect(options).toMatchObject({ status: 204, headers: { allow: 'GET, HEAD, POST, OPTIONS' } });
    const preflight = await server.ask('/api/status', {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.test', 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });
    expect(preflight.status).toBe(403);
    for (const { headers } of [options, preflight]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('streams changes, and gives the subscription back when the reader leaves', async () => {
    const request = server.request('/api/changes').end();
    const [response] = await once(request, 'response');
    expect(response.headers['content-type']).toBe('text/event-stream');
    response.setEncoding('utf8');
    let received = '';
    response.on('data', (chunk: string) => (received += chunk));
    await vi.waitFor(() => expect(received).toContain('"version":1'));
    server.engine.publish({ version: 2 });
    await vi.waitFor(() => expect(received).toContain('"version":2'));
    expect(server.engine.listeners.size).toBe(1);
    response.destroy();
    await vi.waitFor(() => expect(server.engine.listeners.size).toBe(0));
    server.engine.publish({ version: 1 });
  });

  it('is described by an OpenAPI document', async () => {
    const { json } = await server.askJson('/api/openapi.json');
    expect(json).toMatchObject({
      openapi: expect.stringMatching(/^3\.1/),
      info: { title: 'Sidelight' },
      servers: [{ url: `http://${server.host}/api` }],
      security: [{ token: [] }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    });
    const operations = Object.entries<Record<string, unknown>>(json.paths).flatMap(([target, item]) =>
      Object.keys(item).map((verb) => `${verb} ${target}`),
    );
    expect(operations.toSorted()).toEqual([
      'get /changes',
      'get /compare/groups',
      'get /compare/runs',
      'get /compare/traces',
      'get /completions',
      'get /doctor',
      'get /imports',
      'get /imports/{id}',
      'get /logs',
      'get /logs/{id}',
      'get /operations/latency',
      'get /services',
      'get /status',
      'get /traces',
      'get /traces/overview',
      'get /traces/{traceId}',
      'get /traces/{traceId}/analysis',
      'get /traces/{traceId}/attributes',
      'get /traces/{traceId}/backlinks',
      'get /traces/{traceId}/columns',
      'get /traces/{traceId}/markdown',
      'get /traces/{traceId}/otlp',
      'get /traces/{traceId}/spans/{spanId}',
      'get /traces/{traceId}/structure',
      'post /doctor/self-test',
      'post /imports',
      'post /imports/{id}/pieces',
      'post /imports/{id}/remove',
      'post /receivers/{protocol}',
      'post /samples',
      'post /traces/{traceId}/pin',
    ]);
    const parameters = json.paths['/traces'].get.parameters.map(({ name }: { name: string }) => name);
    expect(parameters).toEqual(expect.arrayContaining(['query', 'limit', 'cursor']));
    expect(Object.keys(json.components.schemas)).toContain('AnyValue');
    const references = [...JSON.stringify(json).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(0);
    for (const name of references) expect(Object.keys(json.components.schemas)).toContain(name);
  });
});
