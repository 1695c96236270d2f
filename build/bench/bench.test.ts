import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Whether the bench still works, and all that it checks on the way holds: nothing here depends on how fast anything is. */
it('measures everything once, with every answer as brute force gives it', { timeout: 240_000 }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build/bench.ts', '--quick'], { encoding: 'utf8' });
  const failed = stdout.split('\n').filter((line) => line.includes('FAILED'));
  expect({ status, failed, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, failed: [], stderr: '' });
  for (const row of rows) expect(stdout).toContain(`${row}: `);
});

const rows = [
  'ingest',
  'logs-ingest',
  'small-exports',
  'disk',
  'search',
  'trace-by-id',
  'log-search',
  'open-trace',
  'owner-loop',
  'memory',
  'start',
];
