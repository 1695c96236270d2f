import { describe, expect, it } from 'vitest';
import { recording, start } from './receivers.fixture.ts';
import { json, send } from './wire.fixture.ts';

const page = 'http://localhost:3000';
const preflight = { origin: page, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-api-key' };

describe('1H browsers that export', () => {
  it.each(['/v1/traces', '/v1/logs', '/v1/metrics'])('OPTIONS %s allows a page of this machine', async (path) => {
    const { options } = recording();
    const { port } = await start(options);
    const answer = await send(port, { path, method: 'OPTIONS', headers: preflight });
    expect([answer.status, answer.body.length]).toEqual([204, 0]);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type,x-api-key',
      'access-control-max-age': '600',
      vary: 'Origin',
    });
  });

  it('lets that page read the answer and Retry-After', async () => {
    const { options, requests } = recording({ kind: 'unavailable', message: 'later' });
    const { port } = await start(options);
    const answer = await send(port, { headers: { ...json, origin: page }, body: '{}' });
    expect(answer.status).toBe(503);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-expose-headers': 'Retry-After',
      vary: 'Origin',
      'retry-after': '1',
    });
    expect(requests).toHaveLength(1);
  });

  it.each(['null', 'http://evil.test', 'https://localhost.evil.test'])(
    'B1 B4 B5 the origin %s is refused, before and without a preflight',
    async (origin) => {
      const { options, requests } = recording();
      const { port } = await start(options);
      const answers = [
        await send(port, { method: 'OPTIONS', headers: { ...preflight, origin } }),
        await send(port, { headers: { ...json, origin }, body: '{}' }),
        await send(port, { headers: { 'content-type': 'text/plain', origin }, body: '{}' }),
      ];
      for (const { status, headers, body } of answers) {
        expect(status).toBe(403);
        expect(headers['access-control-allow-origin']).toBeUndefined();
        expect(JSON.parse(body.toString())).toMatchObject({ code: 7 });
      }
      expect(requests).toHaveLength(0);
    },
  );

  it('B3 what a form can send without a preflight is not accepted from any page', async () => {
    const { options, requests } = recording();
    const { port } = await start(options);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      expect((await send(port, { headers: { 'content-type': type, origin: page }, body: '{}' })).status).toBe(415);
    }
    expect(requests).toHaveLength(0);
  });

  it.each(['evil.test', 'localhost.evil.test:4318', '127.0.0.1.nip.io'])('B2 the Host %s is refused', async (host) => {
    const { options, requests } = recording();
    const { port } = await start(options);
    const answer = await send(port, { headers: { ...json, host }, body: '{}' });
    expect(answer.status).toBe(403);
    expect(requests).toHaveLength(0);
  });
});
