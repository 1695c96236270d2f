import type { ClientContext, ClientLink } from '@orpc/client';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { contract } from '#proto/bridge/contract';

export type BridgeLink = ClientLink<ClientContext>;

/** One open line to the engine. Calls on it reject, and its change events end, when it closes. */
export interface Line {
  link: BridgeLink;
  isOpen(): boolean;
  close(): void;
}

export interface Transport {
  /** Rejects with `UnauthorisedError` when the engine answers but does not let this page in, with any other error when it does not answer. */
  open(signal: AbortSignal): Promise<Line>;
}

/** No line to the engine. Nothing was queued: what was asked has to be asked again. */
export class DisconnectedError extends Error {
  override name = 'DisconnectedError';

  constructor(options?: ErrorOptions) {
    super('Sidelight does not answer. It may have been closed; this page reconnects by itself.', options);
  }
}

/** The engine answers, but this page lacks its token: a restart makes a new one. */
export class UnauthorisedError extends Error {
  override name = 'UnauthorisedError';

  constructor() {
    super('Sidelight was started anew. Open the address that it printed.');
  }
}

/** The page trusts the engine no more than the engine trusts the page: every answer is checked against the contract. */
export const linkPlugins = [new ResponseValidationPlugin<ClientContext>(contract)];
