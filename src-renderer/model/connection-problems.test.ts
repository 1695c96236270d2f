import { describe, expect, it } from 'vitest';
import type { Finding } from '#proto/bridge/doctor';
import { countProblems } from './connection-problems.ts';

const nowMs = 1_700_000_000_000;
const finding = (severity: Finding['severity'], agoMs: number): Finding => ({
  id: `${severity} ${agoMs}`,
  kind: 'wrong-path',
  severity,
  message: '',
  fix: '',
  setting: '',
  client: '',
  count: 1,
  firstSeenUnixNano: `${nowMs - agoMs}000000`,
  lastSeenUnixNano: `${nowMs - agoMs}000000`,
});

describe('connection problems', () => {
  it('are errors and warnings of the last ten minutes', () => {
    expect(countProblems([finding('error', 0), finding('warning', 599_000), finding('advice', 0), finding('error', 600_000)], nowMs)).toBe(
      2,
    );
  });

  it('are none where nothing was found', () => {
    expect(countProblems([], nowMs)).toBe(0);
  });
});
