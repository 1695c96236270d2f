import { TraceIds } from '#main/decode/walk/trace-ids';
import { WireField } from '#main/decode/walk/wire-field';
import type { ChunkContent } from './chunk-content.ts';

const traceIdField = 1;
const idBytes = 16;

const distinct = new TraceIds();
const field = new WireField();

/** Distinct trace ids of a chunk of spans, 16 bytes each, in order of first appearance, as `walkSpans` finds them, for a twentieth of its work. */
export function distinctTraceIds({ bytes, frame }: ChunkContent<unknown>): Buffer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  distinct.reset();
  for (let span = 0; span < frame.count; span += 1) {
    const at = placeOfTraceId(bytes, frame.recordStart[span] as number, frame.recordEnd[span] as number);
    if (at >= 0) distinct.rowOf(view, at);
  }
  return Buffer.from(distinct.ids());
}

function placeOfTraceId(bytes: Uint8Array, start: number, end: number): number {
  for (let pos = start; pos < end && field.read(bytes, pos, end); pos = field.end) {
    if (field.number === traceIdField && field.end - field.start === idBytes) return field.start;
  }
  return -1;
}
