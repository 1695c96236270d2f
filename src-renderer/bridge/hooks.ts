import { createContext, useContext, useSyncExternalStore } from 'react';
import type { ChangeEvent } from '#proto/bridge/shapes';
import type { Bridge, ConnectionState, EngineConnection } from './connection.ts';

export const EngineContext = createContext<EngineConnection | undefined>(undefined);

export function useBridge(): Bridge {
  return useEngine().bridge;
}

export function useConnection(): ConnectionState {
  const { state } = useEngine();
  return useSyncExternalStore(state.subscribe, state.get);
}

/**
 * The newest change, `undefined` before the first. It invalidates no query: what is on the screen moves only when the view that shows it says so.
 */
export function useChange(): ChangeEvent | undefined {
  const { change } = useEngine();
  return useSyncExternalStore(change.subscribe, change.get);
}

function useEngine(): EngineConnection {
  const engine = useContext(EngineContext);
  if (engine === undefined) throw new Error('There is no BridgeProvider above this component.');
  return engine;
}
