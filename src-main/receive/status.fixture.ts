import protobuf from 'protobufjs';

/** google/rpc/status.proto and error_details.proto, as far as receivers answer with them; read by an implementation that is not ours. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  package google.rpc;
  message Any { string type_url = 1; bytes value = 2; }
  message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
  message Duration { int64 seconds = 1; int32 nanos = 2; }
  message RetryInfo { Duration retry_delay = 1; }
  message BadRequest {
    message FieldViolation { string field = 1; string description = 2; }
    repeated FieldViolation field_violations = 1;
  }
`);

export interface ReadStatus {
  code: number;
  message: string;
  details: { '@type': string; [field: string]: unknown }[];
}

/** Throws where the bytes are not a `google.rpc.Status`. Names come in proto3 JSON's camel case. */
export function readStatus(bytes: Uint8Array): ReadStatus {
  const status = decode('Status', bytes) as { code?: number; message?: string; details?: { typeUrl: string; value: Uint8Array }[] };
  const details = (status.details ?? []).map(({ typeUrl, value }) => ({
    '@type': typeUrl,
    ...decode(typeUrl.split('google.rpc.')[1] ?? '', value),
  }));
  return { code: status.code ?? 0, message: status.message ?? '', details };
}

function decode(name: string, bytes: Uint8Array): object {
  const type = root.lookupType(`google.rpc.${name}`);
  return type.toObject(type.decode(bytes), { longs: Number });
}
