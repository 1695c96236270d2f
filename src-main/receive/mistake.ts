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
  | 'too-large'
>;

/** Something that a client did wrong on a receiver's port. It has been answered with the protocol's error; this is for the person who wonders why nothing arrives. */
export interface Mistake {
  kind: MistakeKind;
  port: number;
  /** Cut to 256 characters; empty where the client got no further than its first bytes. */
  userAgent: string;
  /** What was wrong, as sent and cut to 256 characters: the path, the content type, the encoding, the Host. */
  detail: string;
}
