import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { traceId } from './in-memory-engine.fixture.ts';
import { bearer, TestServer, token } from './ui-server.fixture.ts';

describe('the page, with an engine in memory', () => {
  const server = new TestServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  it('lets a browser in by its address, once', async () => {
    const signIn = await server.ask(`/traces/${traceId}?span=1&token=${token}`, {
      headers: { accept: 'text/html', 'sec-fetch-site': 'none' },
    });
    expect(signIn).toMatchObject({
      status: 303,
      body: '',
      headers: { location: `/traces/${traceId}?span=1`, 'cache-control': 'no-store' },
    });
    const [cookie = ''] = signIn.headers['set-cookie'] ?? [];
    expect(cookie).toBe(`sidelight-${server.port}=${token}; HttpOnly; SameSite=Strict; Path=/`);
    const [pair = ''] = cookie.split(';', 1);
    expect(await server.ask('/', { headers: { accept: 'text/html', cookie: pair } })).toMatchObject({
      status: 200,
      body: expect.stringContaining('<title>Sidelight'),
    });
    expect((await server.ask('/api/status', { headers: { cookie: pair } })).status).toBe(200);
  });

  it('says in plain words how to get in', async () => {
    for (const target of ['/', '/traces', '/?token=old']) {
      const { status, headers, body } = await server.ask(target, { headers: { accept: 'text/html,*/*' } });
      expect(status).toBe(401);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toMatch(/Open the/);
      expect(body).toContain(`http://${server.host}/?token=`);
      expect(body).not.toContain(token);
    }
    expect(await server.ask('/?token=old', { headers: {} })).toMatchObject({
      status: 401,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  });

  it('serves files, hashed ones for good, and index.html for every view', async () => {
    expect(await server.ask('/assets/index-abc123.js')).toMatchObject({
      status: 200,
      body: 'export {};',
      headers: { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=31536000, immutable' },
    });
    for (const target of ['/', '/index.html', '/traces/abc', '/services/foo.bar?query=x']) {
      const { status, headers, body } = await server.ask(target, { headers: { ...bearer, accept: 'text/html' } });
      expect({ target, status, body }).toEqual({ target, status: 200, body: expect.stringContaining('Sidelight') });
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html;charset=utf-8' });
    }
    expect((await server.ask('/assets/gone.js')).status).toBe(404);
    expect((await server.ask('/', { method: 'POST' })).status).toBe(405);
    expect(await server.ask('/index.html', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it.each(['bytes=5-2', 'bytes=x-y', 'bytes=99999-', 'bytes=-1', 'rubbish'])('is not moved by the range %s', async (range) => {
    expect((await server.ask('/assets/index-abc123.js', { headers: { range } })).status).toBe(200);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets/../../secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '//../secret.txt',
    '/renderer/../../secret.txt',
    '/%00',
    '/index.html%00.js',
    '/%',
    '/%c0%ae%c0%ae/secret.txt',
    '//etc/passwd',
    '/C:/secret.txt',
    '/.',
    '/..',
  ])('has no way out of its directory: %s', async (target) => {
    const { status, body } = await server.ask(target, { headers: {} });
    expect([200, 404]).toContain(status);
    expect(body).not.toMatch(/^secret|root:/);
  });
});
