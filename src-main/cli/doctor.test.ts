import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DoctorReport } from '#proto/bridge/doctor';
import { closeServer, listenOnLoopback } from '#main/base/listen-on-loopback';
import { runningSidelight, sidelight, temporaryFolder } from '#main/sidelight.fixture';

describe('sidelight doctor', () => {
  let running: Awaited<ReturnType<typeof runningSidelight>>;
  beforeAll(async () => void (running = await runningSidelight()));
  afterAll(() => running.stop());
  const doctor = (...args: string[]) => sidelight(['doctor', '--data-dir', running.dataDirectory, ...args]);

  it('ends with 0 where all is well, and with 1 where somebody sends to a wrong path', async () => {
    const before = await doctor();
    expect([before.code, before.stderr]).toEqual([0, '']);
    expect(before.stdout).toContain(running.addresses.httpUrl);
    await fetch(`${running.addresses.httpUrl}/v1/trace`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    const after = await doctor();
    expect(after.code).toBe(1);
    expect(after.stdout).toContain('/v1/trace');
    const { code, stdout } = await doctor('--json');
    expect(code).toBe(1);
    expect(DoctorReport.parse(JSON.parse(stdout)).findings).toMatchObject([{ kind: 'wrong-path' }]);
  });

  it.each([
    ['nothing', undefined],
    ['rubbish', '{"pid":'],
    [
      'an instance that was killed',
      JSON.stringify({ pid: 2 ** 30, apiUrl: 'http://localhost:1/api', uiUrl: 'http://localhost:1/', token: 'a' }),
    ],
    ['an address elsewhere', JSON.stringify({ pid: process.pid, apiUrl: 'http://192.0.2.1/api', uiUrl: 'http://192.0.2.1/', token: 'a' })],
  ])('ends with 2 where the data directory holds %s', async (_what, content) => {
    const { folder, remove } = temporaryFolder('none');
    onTestFinished(remove);
    if (content !== undefined) writeFileSync(path.join(folder, 'running.json'), content);
    expect(await sidelight(['doctor', '--data-dir', folder])).toEqual({
      code: 2,
      stdout: '',
      stderr: `sidelight: No Sidelight runs on ${folder}. Start one: npm start, or sidelight serve.\n`,
    });
  });

  it('does not take another program on the old port for Sidelight', async () => {
    const { port, servers } = await listenOnLoopback(0, () =>
      createServer((_request, response) => void response.writeHead(200).end('<html>')),
    );
    const { folder, remove } = temporaryFolder('other');
    onTestFinished(async () => {
      await Promise.all(servers.map(closeServer));
      remove();
    });
    const other = `http://localhost:${port}`;
    writeFileSync(
      path.join(folder, 'running.json'),
      JSON.stringify({ pid: process.pid, apiUrl: `${other}/api`, uiUrl: `${other}/`, token: 'a' }),
    );
    expect(await sidelight(['doctor', '--data-dir', folder])).toMatchObject({ code: 2 });
  });
});
