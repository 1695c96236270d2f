import type { Import } from '#proto/bridge/imports';
import type { SelfTestReport } from '#proto/bridge/doctor';
import type { ChangeEvent, EngineStatus, ReceiverProtocol, ReceiverStatus } from '#proto/bridge/shapes';
import type { Questions } from '#main/query/questions';

export type { Questions };

/** Files that are opened. */
export interface EngineImports {
  /** Newest first. */
  list(): Promise<Import[]>;
  /** Rejects where too many are under way. */
  begin(file: { name: string; bytes: number }): Promise<Import>;
  /** `undefined` where no such file is awaited. Rejects with `WrongPieceError`. */
  piece(id: number, offset: number, bytes: Uint8Array): Promise<Import | undefined>;
  get(id: number): Promise<Import | undefined>;
  /** False where there is none. */
  remove(id: number): Promise<boolean>;
}

/** Asks a reader worker. Rejects with `QueryError` (query cannot be read) or `StoreUnavailableError`. Arrays of a large answer have been moved here, not copied. */
export type Ask = <Name extends keyof Questions>(
  question: Name,
  ...input: Parameters<Questions[Name]>
) => Promise<ReturnType<Questions[Name]>>;

export interface EngineOptions {
  dataDirectory: string;
  grpcPort: number;
  httpPort: number;
  /** The receivers listen here besides loopback, and ask for a token there; none unless asked for. */
  listenAddresses?: readonly string[];
  /** Oldest records are dropped above this. */
  maxStoredBytes: number;
  /** Records that arrived longer ago than this are dropped; none for their age where it is not given. */
  maxAgeMs?: number | undefined;
}

/** Receivers, writer, readers, under one owner. It listens as soon as it exists; a taken port is a state in `status()`, never a failure to start. */
export interface Engine {
  readonly ask: Ask;
  readonly imports: EngineImports;
  status(): Promise<EngineStatus>;
  /** The newest change, and each later one at most ten times a second. Returns the function that ends this subscription. */
  onChange(listener: (change: ChangeEvent) => void): () => void;
  /** Rejects with `PortTakenError`; the receiver then stays where it was. */
  moveReceiver(protocol: ReceiverProtocol, port: number): Promise<ReceiverStatus>;
  /** A pinned trace is kept when older ones are dropped. False where no span of it is stored. Rejects with `StoreUnavailableError`. */
  pinTrace(traceId: string, pinned: boolean): Promise<boolean>;
  /** Sends the sample scenario through the receivers; the trace ids, first to last. */
  sendSamples(): Promise<string[]>;
  /** Sends one span to each receiver over a real socket and looks for it in the store. Never rejects: what fails is a step. */
  selfTest(): Promise<SelfTestReport>;
  /** Drains what is under way and closes the store. */
  stop(): Promise<void>;
}
