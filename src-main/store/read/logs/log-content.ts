import { frameOf, type Frame, type ScopeEnvelope } from '#main/decode/walk/frame';
import { walkLogs } from '#main/decode/walk/walk-logs';
import type { WalkedLogs } from '#main/decode/walk/walked';

/** The bytes of a chunk, decompressed, with what was found in them so far. */
export class LogContent {
  readonly bytes: Buffer;
  readonly frame: Frame;
  #walked: WalkedLogs | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.frame = frameOf(bytes);
  }

  get walked(): WalkedLogs {
    this.#walked ??= walkLogs(this.bytes, this.frame).walked;
    return this.#walked;
  }

  /** A walk through some of the records alone: its first row is that of `rows[0]`, and so on. `rows` ascend. */
  excerpt(rows: readonly number[]): WalkedLogs {
    return walkLogs(this.bytes, excerptOf(this.frame, rows)).walked;
  }

  /** As far as it is known now. */
  get memoryBytes(): number {
    return this.bytes.length + this.frame.count * bytesPerRecord;
  }
}

/** Of frame and columns. */
const bytesPerRecord = 128;

function excerptOf(frame: Frame, rows: readonly number[]): Frame {
  const scopes: ScopeEnvelope[] = [];
  let at = 0;
  for (const scope of frame.scopes) {
    const from = at;
    while (at < rows.length && (rows[at] as number) < scope.to) at += 1;
    if (at > from) scopes.push({ ...scope, from, to: at });
  }
  return {
    ...frame,
    count: rows.length,
    recordStart: Uint32Array.from(rows, (row) => frame.recordStart[row] as number),
    recordEnd: Uint32Array.from(rows, (row) => frame.recordEnd[row] as number),
    scopes,
  };
}
