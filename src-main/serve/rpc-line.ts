import type { Context } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { createServerPeerHandleRequestFn } from '@orpc/server/standard-peer';
import { ServerPeer } from '@orpc/standard-server-peer';
import { reporting, type Report } from './report.ts';
import type { BridgeRouter } from './router.ts';

/** A call that is under way or a subscription, on one line. A page has a dozen; what has hundreds is broken. */
const maxOpenCalls = 256;

/** One open line to one page, whatever carries it. */
export interface RpcLine {
  receive(message: string | Uint8Array): void;
  /** The carrier has closed: ends what is under way. */
  closed(): void;
}

export interface Carrier {
  send(message: string | Uint8Array | ArrayBufferLike): void;
  close(): void;
}

export type RpcHandler = StandardRPCHandler<Context>;

export function createRpcHandler(router: BridgeRouter, report: Report): RpcHandler {
  return new StandardRPCHandler<Context>(router, { clientInterceptors: [reporting(report)] });
}

/**
 * Speaks oRPC over a carrier of messages. oRPC's own adapters leave a message that is no request as an unhandled rejection, which would end the process; here it ends the
 * line that it came on.
 */
export function openRpcLine(handler: RpcHandler, carrier: Carrier, report: Report): RpcLine {
  const peer = new ServerPeer((message) => carrier.send(message));
  const answer = createServerPeerHandleRequestFn(handler, { context: {} });
  let openCalls = 0;

  async function take(message: string | Uint8Array): Promise<void> {
    openCalls++;
    try {
      await peer.message(message, answer);
    } catch (error) {
      report(error);
      carrier.close();
    } finally {
      openCalls--;
    }
  }

  return {
    receive(message) {
      if (openCalls < maxOpenCalls) void take(message);
      else carrier.close();
    },
    closed: () => peer.close(),
  };
}
