import { describe, expect, it } from 'vitest';
import { cookieName, decide, type Decision, type GuardedRequest } from './guard.ts';

const policy = { token: 'MDEyMzQ1Njc4OWFiY2RlZg.~+/-==', port: 4316 };
const host = 'localhost:4316';
const cookie = `${cookieName(policy.port)}=${policy.token}`;

function ask(target: string, headers: GuardedRequest['headers'] = {}, rest: Partial<GuardedRequest> = {}): Decision {
  return decide({ method: 'GET', target, remoteAddress: '127.0.0.1', headers: { host, ...headers }, ...rest }, policy);
}

function statusOf(decision: Decision): number {
  return decision.kind === 'refuse' ? decision.status : 200;
}

describe('the loopback socket (B9)', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('serves %s', (remoteAddress) => {
    expect(ask('/api/status', { cookie }, { remoteAddress }).kind).toBe('allow');
  });

  it.each(['192.168.1.4', '10.0.0.1', '::ffff:192.168.1.4', 'fe80::1', '127.0.0.1.evil', undefined])('refuses %s', (remoteAddress) => {
    expect(statusOf(ask('/api/status', { cookie }, { remoteAddress }))).toBe(403);
  });
});

describe('Host (B2: DNS rebinding)', () => {
  it.each(['localhost:4316', 'LOCALHOST:4316', 'app.localhost:4316', '127.0.0.1:4316', '127.9.9.9:4316', '[::1]:4316'])(
    'answers to %s',
    (name) => {
      expect(ask('/api/status', { host: name, cookie }).kind).toBe('allow');
      expect(ask('/', { host: name, cookie }).kind).toBe('allow');
    },
  );

  it.each([
    'evil.test:4316',
    'localhost.evil.test:4316',
    '127.0.0.1.nip.io:4316',
    'evillocalhost:4316',
    'localhost.:4316',
    'localhost:4317',
    'localhost',
    'localhost:04316x',
    '0.0.0.0:4316',
    '[::]:4316',
    '[::ffff:127.0.0.1]:4316',
    '192.168.1.4:4316',
    'user@localhost:4316',
    'localhost:4316/x',
    '',
  ])('refuses %j everywhere', (name) => {
    for (const target of ['/', '/api/status', '/rpc', `/?token=${policy.token}`])
      expect(statusOf(ask(target, { host: name, cookie }))).toBe(403);
  });

  it('refuses a request without one', () => {
    const decision = decide({ method: 'GET', target: '/', remoteAddress: '::1', headers: { cookie } }, policy);
    expect(statusOf(decision)).toBe(403);
  });

  it('knows that no port means port 80', () => {
    const onPort80 = { token: policy.token, port: 80 };
    const headers = { host: 'localhost', origin: 'http://localhost', authorization: `Bearer ${policy.token}` };
    expect(decide({ method: 'GET', target: '/api/status', remoteAddress: '::1', headers }, onPort80).kind).toBe('allow');
  });
});

describe('Origin and fetch metadata (B1, B3, B5, B6, B7)', () => {
  it('serves our own page', () => {
    expect(ask('/rpc', { cookie, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }).kind).toBe('allow');
    expect(ask('/api/samples', { cookie, origin: `http://${host}` }, { method: 'POST' }).kind).toBe('allow');
  });

  it.each([
    'http://evil.test',
    'null',
    '',
    `https://${host}`,
    'http://localhost:5173',
    'http://127.0.0.1:4316',
    `http://${host}.evil.test`,
    `http://${host}, http://${host}`,
    'file://',
    'chrome-extension://abc',
  ])('refuses the origin %j on every address and with any credential', (origin) => {
    for (const target of ['/api/status', '/api/samples', '/rpc', '/', `/?token=${policy.token}`]) {
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        expect(statusOf(ask(target, { cookie, origin, authorization: `Bearer ${policy.token}` }, { method }))).toBe(403);
      }
    }
  });

  const embedded = [
    { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
    { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
  ];

  it.each(['cross-site', 'same-site'])('refuses a read by a %s page that carries no Origin: script, image, frame', (site) => {
    for (const metadata of embedded) {
      const headers = { cookie, 'sec-fetch-site': site, ...metadata };
      expect(statusOf(ask('/api/status', headers))).toBe(403);
      expect(statusOf(ask('/', headers))).toBe(403);
    }
    expect(
      statusOf(ask('/api/status', { cookie, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' })),
    ).toBe(403);
  });

  it('gives the page, which holds no secret, to who follows a link, where the browser withholds the cookie', () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' };
    expect(ask('/traces/1', headers).kind).toBe('allow');
  });

  it('lets a person type the address of the API', () => {
    expect(ask('/api/status', { cookie, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }).kind).toBe('allow');
  });
});

describe('the token (B8)', () => {
  it.each(['/api', '/api/status', '/api/nothing', '/rpc', '/rpc?x'])('is needed for %s', (target) => {
    expect(ask(target)).toMatchObject({ kind: 'refuse', status: 401 });
    expect(ask(target, { cookie }).kind).toBe('allow');
    expect(ask(target, { authorization: `Bearer ${policy.token}` }).kind).toBe('allow');
    expect(ask(target, { authorization: `bearer  ${policy.token}` }).kind).toBe('allow');
  });

  it.each([
    'Bearer',
    'Bearer ',
    `Basic ${policy.token}`,
    policy.token,
    `Bearer ${policy.token}x`,
    `Bearer ${policy.token.slice(1)}`,
    `Bearer ${policy.token} ${policy.token}`,
    `Bearer ${'x'.repeat(1_000_000)}`,
  ])('is not %s', (authorization) => {
    expect(statusOf(ask('/api/status', { authorization }))).toBe(401);
  });

  it('is decided by the header where there is one', () => {
    expect(statusOf(ask('/api/status', { cookie, authorization: 'Bearer old' }))).toBe(401);
  });

  it.each(['', 'old', `${policy.token}x`])('is not a cookie with the value %j', (value) => {
    expect(statusOf(ask('/api/status', { cookie: `${cookieName(policy.port)}=${value}` }))).toBe(401);
  });

  it('is read from the cookie of our port, among others', () => {
    expect(ask('/api/status', { cookie: `a=b; ${cookieName(4315)}=other; ${cookie}; c` }).kind).toBe('allow');
    expect(statusOf(ask('/api/status', { cookie: `x${cookie}` }))).toBe(401);
    expect(statusOf(ask('/api/status', { cookie: `${cookieName(4315)}=${policy.token}` }))).toBe(401);
  });

  it('does not count in the address of the API', () => {
    expect(statusOf(ask(`/api/status?token=${policy.token}`))).toBe(401);
    expect(statusOf(ask(`/rpc?token=${policy.token}`))).toBe(401);
  });

  it('is never in what a refusal says', () => {
    expect(JSON.stringify([ask('/api/status'), ask('/?token=x'), ask('/', { host: 'evil' })])).not.toContain(policy.token);
  });
});

describe('signing in', () => {
  const token = encodeURIComponent(policy.token);

  it('turns the token of the address into a cookie and drops it from the address', () => {
    expect(ask(`/?token=${token}`)).toEqual({
      kind: 'sign-in',
      area: 'page',
      cookie: `sidelight-4316=${policy.token}; HttpOnly; SameSite=Strict; Path=/`,
      location: '/',
    });
  });

  it('keeps the rest of the address', () => {
    expect(ask(`/traces/abc?query=a%26b&token=${token}&limit=5`)).toMatchObject({ location: '/traces/abc?query=a%26b&limit=5' });
  });

  it.each(['//evil.test/', '/\\evil.test/', '/.//evil.test/', '///evil.test', '/%2e//evil.test'])('stays on this server: %s', (path) => {
    const decision = ask(`${path}?token=${token}`);
    expect(decision.kind).toBe('sign-in');
    const location = decision.kind === 'sign-in' ? decision.location : '';
    expect(new URL(location, `http://${host}`).origin).toBe(`http://${host}`);
  });

  it('says that another token is of another start', () => {
    expect(ask('/?token=old')).toMatchObject({ kind: 'refuse', status: 401, message: expect.stringContaining('earlier start') });
    expect(statusOf(ask('/?token='))).toBe(401);
  });

  it('is for reading only', () => {
    expect(ask(`/?token=${token}`, {}, { method: 'POST' }).kind).toBe('allow');
  });

  it('tells a browser without the cookie how to get in, and gives it the files of the page', () => {
    expect(ask('/', { accept: 'text/html' })).toMatchObject({
      kind: 'refuse',
      status: 401,
      message: expect.stringContaining('Open the address'),
    });
    expect(ask('/', { accept: 'text/html', cookie }).kind).toBe('allow');
    expect(ask('/assets/index.js', { accept: '*/*' }).kind).toBe('allow');
  });
});

describe('odd targets (B12)', () => {
  it.each(['http://evil.test/api/status', '*', 'api/status', ''])('refuses %j, which is no path', (target) => {
    expect(statusOf(ask(target, { cookie }))).toBe(400);
  });

  it.each(['/api/../rpc', '/api/%2e%2e/x', '/api//status', '/api?x', '/api/status#x'])(
    'takes %s for the API, which is guarded',
    (target) => {
      expect(ask(target)).toMatchObject({ area: 'api', status: 401 });
    },
  );

  it.each(['/API/status', '//api/status', '/apix', '/x/../api/status', '/rpc/x'])('takes %s for the page, which is public', (target) => {
    expect(ask(target)).toMatchObject({ area: 'page' });
  });
});
