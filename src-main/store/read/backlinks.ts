import type { SpanDetail } from '#proto/bridge/shapes';
import type { WalkedSpans } from '#main/decode/walk/walked';
import type { SpanEntry } from '../index/entries.ts';
import { termOfLink } from '../index/terms.ts';
import type { ChunkContents } from './chunk-content.ts';
import type { SpanChunks } from './find-traces.ts';
import { isLiving, type OrdinalRange } from './newest-ordinals.ts';
import { spanDetail } from './span-detail.ts';

/** What is linked to: a trace, or one span of it. */
export interface LinkTarget {
  /** 16 bytes. */
  traceId: Buffer;
  /** 8 bytes. */
  spanId: Buffer | undefined;
}

/**
 * The stored spans that link to a target, those that arrived last first, each once, however often it was sent. The filters of sealed groups and the terms of unsealed chunks say which
 * chunks may have such a link; only those are looked at, and no more of them than it takes to find `limit`.
 */
export function findBacklinks(target: LinkTarget, limit: number, chunks: SpanChunks, living: OrdinalRange): SpanDetail[] {
  const found = new Map<string, SpanDetail>();
  for (const { id, ordinals } of candidates(termOfLink(target.traceId), chunks)) {
    for (const span of linkingSpans(target, id, chunks.contents)) {
      if (!isLiving(ordinals[span.trace], living)) continue;
      const detail = spanDetail(chunks.contents.of(id), span.row);
      const key = detail.traceId + detail.spanId;
      if (!found.has(key)) found.set(key, detail);
      if (found.size === limit) return [...found.values()];
    }
  }
  return [...found.values()];
}

interface Candidate {
  id: number;
  /** Of its distinct traces, in order of appearance. */
  ordinals: Uint32Array;
}

/** Newest first. */
function* candidates(term: number, { unsealed, groups, filters, entries }: SpanChunks): Generator<Candidate> {
  for (const chunk of [...unsealed].toReversed()) if (chunk.holdsTerm(term)) yield chunk;
  for (const group of groups) {
    const mask = filters.maskOf(group, term);
    if (mask === 0n) continue;
    for (let place = group.chunks.length - 1; place >= 0; place -= 1) {
      if (((mask >> BigInt(place)) & 1n) === 0n) continue;
      const { ordinals } = entries.of(group.id)[place] as SpanEntry;
      yield { id: group.chunks[place] as number, ordinals };
    }
  }
}

/** Rows of the spans of a chunk that link to the target, and of their traces, last first. */
function linkingSpans(
  { traceId, spanId }: LinkTarget,
  chunk: number,
  contents: ChunkContents<WalkedSpans>,
): { row: number; trace: number }[] {
  const content = contents.of(chunk);
  const { links, trace } = content.walked;
  const isAt = (id: Buffer, at: number): boolean => at > 0 && content.bytes.compare(id, 0, id.length, at, at + id.length) === 0;
  const rows = new Set<number>();
  for (let link = links.count - 1; link >= 0; link -= 1) {
    if (!isAt(traceId, links.traceAt[link] as number)) continue;
    if (spanId === undefined || isAt(spanId, links.spanAt[link] as number)) rows.add(links.span[link] as number);
  }
  return Array.from(rows, (row) => ({ row, trace: trace[row] as number }));
}
