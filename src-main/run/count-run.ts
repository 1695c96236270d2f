import type { TracePage } from '#proto/bridge/shapes';
import type { Instance } from '#main/client/instance';
import { runIdKey } from './child-environment.ts';

/** So many traces are counted one by one. */
const mostTraces = 1_000;

export interface RunCount {
  traces: number;
  /** Spans with an error. */
  errors: number;
  /** There are more than were counted. */
  isMore: boolean;
}

export function runQuery(runId: string): string {
  return `${runIdKey}=${/^[\w.-]+$/.test(runId) ? runId : JSON.stringify(runId)}`;
}

/** What has arrived of a run. */
export async function countRun(instance: Instance, runId: string): Promise<RunCount> {
  const parameters = new URLSearchParams({ query: runQuery(runId), limit: String(mostTraces) });
  const { items, nextCursor } = (await instance.ask(`/traces?${parameters.toString()}`)) as TracePage;
  return {
    traces: items.length,
    errors: items.reduce((sum, { errorCount }) => sum + errorCount, 0),
    isMore: nextCursor !== undefined,
  };
}
