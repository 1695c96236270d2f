import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '#proto/bridge/contract';

export type EngineClient = ContractRouterClient<Contract>;

/** The tray and the menu ask the engine as the page does, over the same contract. */
export function engineClient(port: MessagePort): EngineClient {
  return createORPCClient(new RPCLink({ port }));
}
