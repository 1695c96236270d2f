import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import type { EngineConnection } from './connection.ts';
import { EngineContext } from './hooks.ts';
import { createQueryClient, followConnection } from './query-client.ts';

/** Gives the components below it the engine, and one query client whose online state is the engine's. */
export function BridgeProvider({ engine, children }: { engine: EngineConnection; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  useEffect(() => followConnection(engine.state), [engine]);
  return (
    <EngineContext value={engine}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </EngineContext>
  );
}
