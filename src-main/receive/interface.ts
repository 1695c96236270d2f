import type { WireProtocol } from '#proto/bridge/doctor';
import type { Encoding, Signal } from '#proto/model/batch';
import type { Mistake } from './mistake.ts';
import type { PayloadBuffers } from './payload-buffers.ts';

/** What receivers hand on: bytes that OTLP's transport rules have let through, decompressed and within the size limit. */
export interface ExportRequest {
  signal: Signal;
  encoding: Encoding;
  /** On a buffer of its own, which the callee owns from here on and may transfer to another thread; the buffer may be longer. */
  payload: Uint8Array<ArrayBuffer>;
  protocol: WireProtocol;
  /** The receiver's. */
  port: number;
  /** The client's `User-Agent`, cut to 256 characters; empty where it sent none. */
  userAgent: string;
}

/** What became of a request, in OTLP's terms (OTLP specification, "OTLP/gRPC Response", "OTLP/HTTP Response"). */
export type ExportOutcome =
  /** Committed. `rejected` records can never be stored; a message with none rejected is a warning. */
  | { kind: 'accepted'; rejected: number; message: string }
  /** Not OTLP: INVALID_ARGUMENT, 400. */
  | { kind: 'bad-data'; message: string }
  /** Try again: UNAVAILABLE with RetryInfo, 503 with Retry-After. */
  | { kind: 'unavailable'; message: string };

/** Resolves after the commit. Never rejects for anything that a client sent. */
export type Ingest = (request: ExportRequest) => Promise<ExportOutcome>;

export interface Receiver {
  /** The port that it listens on, on 127.0.0.1, where the machine has IPv6 on ::1, and on the further addresses. */
  readonly port: number;
  /** Takes no new request, lets the ones under way finish for at most `drainMs`, then closes. */
  stop(drainMs: number): Promise<void>;
}

export interface ReceiverOptions {
  /** 0: any free port. */
  port: number;
  ingest: Ingest;
  /** Largest payload after decompression; OTLP 1.11 recommends 64 MiB. */
  maxPayloadBytes: number;
  /** Shared by all receivers: payload bytes that are in memory and not yet answered. */
  budget: ByteBudget;
  /** Listened on besides loopback; whoever sends there needs the token, which loopback does not ask for. */
  beyondLoopback?: BeyondLoopback | undefined;
  /** Told of what was refused because of how it was sent. To be quick about it: it runs between the client's bytes. */
  onMistake: (mistake: Mistake) => void;
}

/** Addresses that others than this machine may reach: the bridge of its containers, for one. */
export interface BeyondLoopback {
  addresses: readonly string[];
  /** Of `Authorization: Bearer TOKEN`, over HTTP and as gRPC metadata. */
  token: string;
}

/** A fixed number of bytes in flight. Over it, clients are told to come back, and memory stays flat whatever is sent. */
export interface ByteBudget {
  /** False: no room, nothing taken. */
  take(bytes: number): boolean;
  give(bytes: number): void;
  /** Where the buffers of payloads come from; whoever has taken a request in gives its buffer back here, or lets it go. */
  readonly buffers: PayloadBuffers;
}

export { PortTakenError } from '#main/base/port-taken-error';
