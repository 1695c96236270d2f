import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runningSidelight, sidelight, temporaryFolder } from '#main/sidelight.fixture';

describe('sidelight store', () => {
  let running: Awaited<ReturnType<typeof runningSidelight>>;
  beforeAll(async () => {
    running = await runningSidelight();
    const { httpUrl } = running.addresses;
    const spans = [{ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'GET /cart', startTimeUnixNano: '1' }];
    const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
    await fetch(`${httpUrl}/v1/traces`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  });
  afterAll(() => running.stop());
  const store = (action: string, folder = running.dataDirectory) => sidelight(['store', action, '--data-dir', folder]);

  it('is checked while a Sidelight works on it, and not made anew', async () => {
    expect(await store('check')).toEqual({ code: 0, stdout: 'The store is sound.\n', stderr: '' });
    expect(await store('reindex')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/process|Sidelight/) });
  });

  it('is made anew when none does, and sound then', async () => {
    await running.host.stop();
    expect(await store('reindex')).toEqual({ code: 0, stdout: 'Every index of the store was made anew.\n', stderr: '' });
    expect(await store('check')).toMatchObject({ code: 0 });
  });

  it('says where there is none', async () => {
    const { folder, remove } = temporaryFolder('none');
    onTestFinished(remove);
    for (const action of ['check', 'reindex']) {
      expect(await store(action, folder)).toEqual({ code: 2, stdout: '', stderr: `sidelight: Nothing is stored in ${folder}.\n` });
    }
  });

  it.each([[['store']], [['store', 'mend']], [['store', 'check', 'twice']]])('refuses %j', async (args) => {
    expect(await sidelight(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('check or reindex') });
  });
});
