export { backlinksQuery } from './backlink-queries.ts';
export { BridgeProvider } from './BridgeProvider.tsx';
export { connect } from './connect.ts';
export type { Bridge, ConnectionState, EngineConnection } from './connection.ts';
export { useBridge, useChange, useConnection } from './hooks.ts';
export * from './queries.ts';
export { usePinTrace } from './use-pin-trace.ts';
export { DisconnectedError } from './transport.ts';
