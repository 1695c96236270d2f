/** gRPC's status codes, which `google.rpc.Status` shares, as far as a receiver answers with them (gRPC, "Status codes and their use in gRPC"). */
export const grpcCode = {
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
} as const;

export type GrpcCode = (typeof grpcCode)[keyof typeof grpcCode];
