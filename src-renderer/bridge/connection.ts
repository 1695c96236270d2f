import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '#proto/bridge/contract';
import type { ChangeEvent } from '#proto/bridge/shapes';
import { variable, type Observable } from './observable.ts';
import { DisconnectedError, UnauthorisedError, type BridgeLink, type Line, type Transport } from './transport.ts';

/** Every method of the contract, typed by it. */
export type Bridge = ContractRouterClient<typeof contract>;

/**
 * `connecting` only until the first attempt has ended; from then on a page that lost its engine says so (`lost`), or says that it needs the new address
 * (`unauthorised`), and keeps trying.
 */
export type ConnectionState = 'connecting' | 'connected' | 'lost' | 'unauthorised';

/** All that a page has of the engine. */
export interface EngineConnection {
  bridge: Bridge;
  state: Observable<ConnectionState>;
  /** The newest change of the data; subscribed to anew on every reconnect. */
  change: Observable<ChangeEvent | undefined>;
  /** Ends the line and the attempts to get one. */
  close: () => void;
}

const firstPauseMs = 100;
const longestPauseMs = 2_000;
const openTimeoutMs = 5_000;

/** Holds a line to the engine, and gets another whenever it ends. Calls fail at once while there is none, except that the first attempt is waited for. */
export function keepConnected(transport: Transport): EngineConnection {
  const state = variable<ConnectionState>('connecting');
  const change = variable<ChangeEvent | undefined>(undefined);
  const ending = new AbortController();
  const firstAttempt = Promise.withResolvers<void>();
  let line: Line | undefined;

  const link: BridgeLink = {
    async call(path, input, options) {
      if (state.get() === 'connecting') await firstAttempt.promise;
      if (line === undefined) throw new DisconnectedError();
      return await callOn(line, path, input, options);
    },
  };
  const bridge: Bridge = createORPCClient(link);

  async function openAndFollow(): Promise<void> {
    line = await transport.open(AbortSignal.any([ending.signal, AbortSignal.timeout(openTimeoutMs)]));
    state.set('connected');
    firstAttempt.resolve();
    for await (const event of await bridge.changes(undefined, { signal: ending.signal })) change.set(event);
  }

  async function run(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!ending.signal.aborted) {
      const reason = await openAndFollow().catch((error: unknown) => error);
      pauseMs = line === undefined ? Math.min(pauseMs * 2, longestPauseMs) : firstPauseMs;
      line?.close();
      line = undefined;
      state.set(reason instanceof UnauthorisedError ? 'unauthorised' : 'lost');
      firstAttempt.resolve();
      await pause(pauseMs, ending.signal);
    }
  }

  void run();
  return { bridge, state, change, close: () => ending.abort() };
}

/** A call that its line did not survive is told apart from one that the engine refused and from one that was called off. */
async function callOn(line: Line, ...[path, input, options]: Parameters<BridgeLink['call']>): Promise<unknown> {
  try {
    return await line.link.call(path, input, options);
  } catch (error) {
    if (line.isOpen() || options.signal?.aborted || error instanceof ORPCError) throw error;
    throw new DisconnectedError({ cause: error });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
