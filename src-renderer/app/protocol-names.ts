import type { ReceiverProtocol } from '#proto/bridge/shapes';

export const protocolNames: Record<ReceiverProtocol, string> = { grpc: 'gRPC', http: 'HTTP' };
