import type { Query, QueryTerm } from '#proto/model/query';
import { attributeNames } from '#proto/model/semantic-conventions';
import { StatusCode } from '#proto/model/span';
import { durationCodeRange } from '../index/duration-code.ts';
import type { LogEntry, NumberZones, SpanEntry } from '../index/entries.ts';
import { zonesMayHold } from '../index/number-zones.ts';
import { termOfName } from '../index/terms.ts';
import { numberOfText, type AttributeTerm } from './attribute-test.ts';
import { compare } from './compare.ts';
import { evaluateTree } from './evaluate-tree.ts';

/** What an entry alone can tell of a record and a query. */
export const verdict = { no: 0, maybe: 1, yes: 2 } as const;

/** Who knows what the ids of `source` stand for. */
export interface SourceTests {
  /** Whether a record that is under this source meets the term for that reason alone. `service`, what is like it, and attribute terms are asked. For `!=`: whether the source has the attribute with another value. */
  sourceMatches(term: QueryTerm, sourceId: number): boolean;
}

/** One `verdict` a record, from its chunk's entry; `maybe` is for `evaluateWalked` to decide. */
export function evaluateEntry(query: Query, entry: SpanEntry | LogEntry, sources: SourceTests): Uint8Array {
  return evaluateTree(query, entry.count, verdict.yes, (term) => {
    switch (term.kind) {
      case 'text':
        return new Uint8Array(entry.count).fill(verdict.maybe);
      case 'service':
        return bySource(entry, (sourceId) => (sources.sourceMatches(term, sourceId) ? verdict.yes : verdict.no));
      case 'exists':
      case 'attribute':
      case 'attributeLike':
        return attributeVerdicts(term, entry, sources);
      case 'like':
        return likeVerdicts(term, entry, sources);
      case 'severity':
        return 'severity' in entry ? severityVerdicts(term, entry) : new Uint8Array(entry.count);
      default:
        return 'ordinals' in entry ? spanVerdicts(term, entry) : new Uint8Array(entry.count);
    }
  });
}

function likeVerdicts(term: Extract<QueryTerm, { kind: 'like' }>, entry: SpanEntry | LogEntry, sources: SourceTests): Uint8Array {
  if (term.field === 'service') return bySource(entry, (sourceId) => (sources.sourceMatches(term, sourceId) ? verdict.yes : verdict.no));
  const isThere = term.field === 'any' || (term.field === 'name') === 'ordinals' in entry;
  return new Uint8Array(entry.count).fill(isThere ? verdict.maybe : verdict.no);
}

function bySource(entry: SpanEntry | LogEntry, verdictOf: (sourceId: number) => number): Uint8Array {
  const verdicts = new Uint8Array(entry.count);
  let from = 0;
  for (let run = 0; run < entry.sourceIds.length; run += 1) {
    const end = entry.sourceEnds[run] as number;
    verdicts.fill(verdictOf(entry.sourceIds[run] as number), from, end);
    from = end;
  }
  return verdicts;
}

function attributeVerdicts(term: AttributeTerm, entry: SpanEntry | LogEntry, sources: SourceTests): Uint8Array {
  const otherwise = mayHoldNumber(term, entry.zones) ? verdict.maybe : verdict.no;
  // A record's own value may be the one that `!=` asks to be none.
  const certain = term.kind === 'attribute' && term.comparison === '!=' ? verdict.maybe : verdict.yes;
  return bySource(entry, (sourceId) => (sources.sourceMatches(term, sourceId) ? certain : otherwise));
}

/** Whether the zones leave it open that a record of the chunk itself meets the term. */
function mayHoldNumber(term: AttributeTerm, zones: NumberZones): boolean {
  if (term.kind !== 'attribute' || term.comparison === '=' || term.comparison === '!=') return true;
  const { key, comparison, value } = term;
  return attributeNames(key).some((name) => zonesMayHold(zones, name, comparison, numberOfText(value)));
}

function severityVerdicts(term: Extract<QueryTerm, { kind: 'severity' }>, { count, severity }: LogEntry): Uint8Array {
  const byCode = new Uint8Array(256);
  for (let code = 0; code < 255; code += 1) byCode[code] = compare(code, term.comparison, term.severity) ? verdict.yes : verdict.no;
  byCode[255] = verdict.maybe;
  return looked(byCode, severity, count);
}

type SpanTerm = Extract<QueryTerm, { kind: 'name' | 'status' | 'spanKind' | 'duration' }>;

function spanVerdicts(term: SpanTerm, entry: SpanEntry): Uint8Array {
  switch (term.kind) {
    case 'name':
      return nameVerdicts(term.name, entry);
    case 'status': {
      const code = StatusCode[term.status];
      return looked(
        Uint8Array.from({ length: 32 }, (_, bits) => (bits >>> 3 === code ? verdict.yes : verdict.no)),
        entry.bits,
        entry.count,
      );
    }
    case 'spanKind':
      return looked(kindVerdicts(term.spanKind), entry.bits, entry.count);
    case 'duration':
      return durationVerdicts(term, entry);
  }
}

/** 7 stands for every kind that the standard does not know yet. */
function kindVerdicts(kind: number): Uint8Array {
  const otherKind = 7;
  const known = kind >= 0 && kind < otherKind;
  return Uint8Array.from({ length: 32 }, (_, bits) => {
    if (known) return (bits & 7) === kind ? verdict.yes : verdict.no;
    return (bits & 7) === otherKind ? verdict.maybe : verdict.no;
  });
}

/** Names are there as hashes, which different names may share. */
function nameVerdicts(name: string, entry: SpanEntry): Uint8Array {
  const row = entry.names.indexOf(termOfName(name));
  const verdicts = new Uint8Array(entry.count);
  if (row >= 0) for (let span = 0; span < entry.count; span += 1) if (entry.name[span] === row) verdicts[span] = verdict.maybe;
  return verdicts;
}

function durationVerdicts({ comparison, ns }: Extract<QueryTerm, { kind: 'duration' }>, { count, duration }: SpanEntry): Uint8Array {
  const turned = comparison === '!=';
  const { mayFrom, mayTo, mustFrom, mustTo } = durationCodeRange(turned ? '=' : comparison, BigInt(ns));
  const [inside, outside] = turned ? [verdict.no, verdict.yes] : [verdict.yes, verdict.no];
  const verdicts = new Uint8Array(count);
  for (let span = 0; span < count; span += 1) {
    const code = duration[span] as number;
    if (code >= mustFrom && code <= mustTo) verdicts[span] = inside;
    else verdicts[span] = code >= mayFrom && code <= mayTo ? verdict.maybe : outside;
  }
  return verdicts;
}

function looked(byCode: Uint8Array, codes: Uint8Array, count: number): Uint8Array {
  const verdicts = new Uint8Array(count);
  for (let record = 0; record < count; record += 1) verdicts[record] = byCode[codes[record] as number] as number;
  return verdicts;
}
