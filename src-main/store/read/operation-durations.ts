import type { Operation } from '#proto/bridge/operation-latency';
import type { Query, QueryTerm } from '#proto/model/query';
import { durationsOf } from '../index/duration-code.ts';
import type { SpanEntry } from '../index/entries.ts';
import { mayHold } from '../index/may-hold.ts';
import { evaluateEntry, verdict } from './evaluate-entry.ts';
import type { SpanChunks } from './find-traces.ts';
import { isLiving, type OrdinalRange } from './newest-ordinals.ts';
import type { MatchingSources } from './source-records.ts';

/**
 * Durations in nanoseconds of the spans of an operation, those that arrived last first, as many as `limit`; 0 for spans that end before they start. Nothing is decompressed: entries know durations
 * within 0.2 %, rounded down here, and names by their hashes, which two names share once in some hundred million.
 */
export function operationDurations(
  { service, name, kind }: Operation,
  limit: number,
  chunks: SpanChunks,
  sources: MatchingSources,
  living: OrdinalRange,
): Float64Array {
  const query: Query = {
    kind: 'and',
    of: [
      { kind: 'service', name: service },
      { kind: 'name', name },
      { kind: 'spanKind', spanKind: kind },
    ],
  };
  const found: number[] = [];
  for (const entry of candidates(query, chunks, sources)) {
    const verdicts = evaluateEntry(query, entry, sources);
    for (let span = entry.count - 1; span >= 0 && found.length < limit; span -= 1) {
      if (verdicts[span] === verdict.no || !isLiving(entry.ordinals[entry.trace[span] as number], living)) continue;
      found.push(Math.max(0, Number(durationsOf(entry.duration[span] as number).min)));
    }
    if (found.length === limit) break;
  }
  return Float64Array.from(found);
}

/** Newest first. */
function* candidates(query: Query, { unsealed, groups, filters, entries }: SpanChunks, sources: MatchingSources): Generator<SpanEntry> {
  for (const chunk of [...unsealed].toReversed()) {
    if (chunksWith(query, 1n, (term) => (chunk.holdsTerm(term) ? 1n : 0n), sources) !== 0n) yield chunk.entry;
  }
  for (const group of groups) {
    const all = (1n << BigInt(group.chunks.length)) - 1n;
    const mask = chunksWith(query, all, (term) => filters.maskOf(group, term), sources);
    if (mask === 0n) continue;
    const ofGroup = entries.of(group.id);
    for (let place = ofGroup.length - 1; place >= 0; place -= 1) {
      if (((mask >> BigInt(place)) & 1n) === 1n) yield ofGroup[place] as SpanEntry;
    }
  }
}

function chunksWith(query: Query, all: bigint, has: (term: number) => bigint, sources: MatchingSources): bigint {
  const ofSources = (term: QueryTerm): bigint => (sources.matching(term).size > 0 ? all : 0n);
  return mayHold(query, all, has, ofSources);
}
