import { ORPCError } from '@orpc/client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LogItem } from '#proto/bridge/shapes';
import { logQuery, useBridge } from '#ui/bridge/index.ts';

/** The record that the address names: from the list where it stands there, else asked for. */
export type SelectedLog =
  | { state: 'listed' | 'elsewhere'; log: LogItem }
  | { state: 'loading' | 'missing'; log: undefined }
  | { state: 'failed'; log: undefined; message: string; retry: () => void };

export const useSelectedLog = (logs: readonly LogItem[], id: string | undefined): SelectedLog => {
  const listed = useMemo(() => (id === undefined ? undefined : logs.find((log) => log.id === id)), [logs, id]);
  const asked = useQuery({
    ...logQuery(useBridge(), id ?? ''),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: id !== undefined && listed === undefined,
  });
  if (listed !== undefined) return { state: 'listed', log: listed };
  if (asked.data !== undefined) return { state: 'elsewhere', log: asked.data };
  if (asked.error instanceof ORPCError && asked.error.code === 'NOT_FOUND') return { state: 'missing', log: undefined };
  if (asked.error !== null) return { state: 'failed', log: undefined, message: asked.error.message, retry: () => void asked.refetch() };
  return { state: 'loading', log: undefined };
};
