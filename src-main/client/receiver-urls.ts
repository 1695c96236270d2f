import type { EngineStatus, ReceiverProtocol, ReceiverStatus } from '#proto/bridge/shapes';
import type { Instance } from './instance.ts';

/** Where to send, of receivers that listen. */
export interface ReceiverUrls {
  httpUrl: string;
  grpcUrl: string;
}

/**
 * Where this Sidelight receives now. Either port takes either protocol, so one that listens stands in for the other. Where neither does, because other programs have
 * both ports, one moves to a port that is free.
 */
export async function receiverUrls(instance: Instance): Promise<ReceiverUrls> {
  const status = await instance.status();
  const grpc = urlOf(status, 'grpc');
  const http = urlOf(status, 'http') ?? grpc ?? (await moveToFreePort(instance));
  return { httpUrl: http, grpcUrl: grpc ?? http };
}

function urlOf({ receivers }: EngineStatus, wanted: ReceiverProtocol): string | undefined {
  return receivers.find(({ protocol, state }) => protocol === wanted && state === 'listening')?.url;
}

async function moveToFreePort(instance: Instance): Promise<string> {
  const body = JSON.stringify({ port: 0 });
  const headers = { 'content-type': 'application/json' };
  const moved = (await instance.ask('/receivers/http', { method: 'POST', headers, body })) as ReceiverStatus;
  return moved.url;
}
