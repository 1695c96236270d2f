import type { Finding } from '#proto/bridge/doctor';

/** Long enough to be noticed by somebody who comes back to the window; what has been mended meanwhile is not brought up again. */
const recentMs = 600_000;

/** Findings that somebody should look at now: no advice, and nothing that has not been seen for a while. */
export const countProblems = (findings: readonly Finding[], nowMs: number): number =>
  findings.filter(
    ({ severity, lastSeenUnixNano }) => severity !== 'advice' && nowMs - Number(BigInt(lastSeenUnixNano) / 1_000_000n) < recentMs,
  ).length;
