import { ORPCError } from '@orpc/client';
import { onlineManager, QueryClient } from '@tanstack/react-query';
import type { ConnectionState } from './connection.ts';
import type { Observable } from './observable.ts';

const mostRetries = 2;

/** Change events say when data is old, so coming back to the window is no reason to ask again; and an answer like "no such trace" is not asked for twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { refetchOnWindowFocus: false, retry: (failures, error) => failures < mostRetries && mayPass(error) },
      mutations: { networkMode: 'always' },
    },
  });
}

function mayPass(error: Error): boolean {
  return !(error instanceof ORPCError) || error.code === 'UNAVAILABLE';
}

/**
 * Queries pause while the engine is away and go on when it is back. TanStack would watch the machine's network instead, which says nothing about a
 * loopback address. Returns the function that ends it.
 */
export function followConnection(state: Observable<ConnectionState>): () => void {
  onlineManager.setEventListener((setOnline) => {
    const follow = () => setOnline(state.get() === 'connected');
    follow();
    return state.subscribe(follow);
  });
  return () => onlineManager.setEventListener(() => () => undefined);
}
