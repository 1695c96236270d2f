import type { Finding } from '#proto/bridge/doctor';

/** Kinds of finding that the receivers can see by themselves, before anything is decoded. */
export type MistakeKind = Extract<
  Finding['kind'],
  | 'tls-on-plain-port'
  | 'wrong-path'
  | 'zipkin'
  | 'jaeger-thrift'
  | 'prometheus-remote-write'
  | 'wrong-content-type'
  | 'unsupported-compression'
  | 'not-otlp'
  | 'foreign-host'
  | 'foreign-origin'
  | 'token-missing'
  | 'too-large'
>;

/** Something that a client did wrong on a receiver's port. It has been answered with the protocol's error; this is for the person who wonders why nothing arrives. */
export interface Mistake {
  kind: MistakeKind;
  port: number;
  /** Cut to 256 characters, control characters escaped; empty where the client got no further than its first bytes. */
  userAgent: string;
  /**
   * What was wrong, as sent, cut to 256 characters, control characters escaped: the path or gRPC method (also for the protocols that are not OTLP), the content type,
   * the compression, the Host, the Origin; of a token only whether there was one; of a payload that is too large, how large it may be; of what is no protocol, its first bytes.
   */
  detail: string;
}
