import type { SpanDetail } from '#proto/bridge/shapes';
import { readSpan } from '#main/decode/walk/records';
import type { WalkedSpans } from '#main/decode/walk/walked';
import type { ChunkContent } from './chunk-content.ts';

/** A span of a chunk by its row, every field as it was sent, with what it came under. */
export function spanDetail(content: ChunkContent<WalkedSpans>, row: number): SpanDetail {
  const walked = content.excerpt([row]);
  const [source] = walked.sources;
  if (source === undefined) throw new Error('A span is stored without its source.');
  return { ...readSpan(walked, 0), resource: source.resource, scope: source.scope };
}
