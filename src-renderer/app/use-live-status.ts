import { useQuery } from '@tanstack/react-query';
import type { EngineStatus } from '#proto/bridge/shapes';
import { statusQuery, useBridge, useChange } from '#ui/bridge/index.ts';
import { useRefresh } from '#ui/state/use-refresh.ts';

/** Receivers change and notices come without a change of data. */
const pollMs = 5000;

/** The engine's status, asked again when data has changed (at most twice a second) and every few seconds. */
export const useLiveStatus = (): EngineStatus | undefined => {
  const status = useQuery({ ...statusQuery(useBridge()), refetchInterval: pollMs, staleTime: 400 });
  const change = useChange();
  useRefresh(async () => void (await status.refetch()), String(change?.version), 'status', 500);
  return status.data;
};
