import type { Signal } from './export-service.ts';

/** What the bench asks of the sender's process. */
export interface SendOrder {
  grpcUrl: string;
  signal: Signal;
  connections: number;
  seconds: number;
  /** Exports a second that are sent whether or not the ones before have been answered; undefined: each connection sends its next export as soon as its last one is answered. */
  exportsPerSecond: number | undefined;
  /** Which services there are, and how many spans an export has. */
  shape: 'full' | 'small';
  /** Number of the first export: what was sent under it before must not be sent again. */
  firstExport: number;
}

export interface SendReport {
  exports: number;
  records: number;
  /** From the first send to the last answer. */
  seconds: number;
  recordsPerSecond: number;
  /** Of each export, from handing it to grpc-js for the first time to the answer that it is stored. */
  acknowledgementMs: Float64Array;
  /** How often the receiver had no room, and an export was sent again. */
  refused: number;
  /** Number of the first export that was not sent. */
  nextExport: number;
  lastExport: Uint8Array;
}
