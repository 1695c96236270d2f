import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Whether the bench still works, and all that it checks on the way holds: nothing here depends on how fast anything is. */
it('measures everything once, with every answer as brute force gives it', { timeout: 240_000 }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build/bench.ts', '--quick'], { encoding: 'utf8' });
  expect(stdout, stderr).not.toContain('FAILED');
  expect(status, stderr).toBe(0);
  for (const row of ['ingest', 'logs-ingest', 'small-exports', 'disk', 'search', 'trace-by-id', 'log-search', 'open-trace', 'owner-loop', 'memory', 'start'])
    expect(stdout).toContain(`${row}: `);
});
