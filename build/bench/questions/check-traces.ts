import { isDeepStrictEqual } from 'node:util';
import type { Span } from '#proto/model/span';
import { decodeTraces } from '#main/decode/decode';
import { spanMatches, type MatchedSource } from '#main/query/matches';
import { parseQuery } from '#main/query/parse-query';
import type { OpenQuestions } from '#main/query/questions';
import type { BuiltStore } from '../harness/stores.ts';
import { SpanWorkload } from '../workload/span-workload.ts';
import type { Question } from './trace-questions.ts';

/** What a page says of a trace, as far as it is compared. */
interface FoundTrace {
  traceId: string;
  spanCount: number;
  errorCount: number;
}

/** Throws unless the first question of each kind finds exactly the traces that looking at every span that was sent finds, in the same order. */
export function checkTracesAgainstAll(questions: OpenQuestions, { exports }: BuiltStore, kinds: readonly Question[], limit: number): void {
  const wanted = kinds.map(({ kind, query }) => ({
    kind,
    text: query(0),
    query: parseQuery(query(0), 'traces'),
    traces: new Set<string>(),
  }));
  // In order of arrival.
  const traces = new Map<string, FoundTrace>();
  for (const { span, source } of everySpan(exports)) {
    const { traceId } = span;
    let trace = traces.get(traceId);
    if (trace === undefined) traces.set(traceId, (trace = { traceId, spanCount: 0, errorCount: 0 }));
    trace.spanCount++;
    if (span.status.code === 2) trace.errorCount++;
    for (const { query, traces: matching } of wanted) if (!matching.has(traceId) && spanMatches(query, span, source)) matching.add(traceId);
  }
  const newestFirst = [...traces.values()].toReversed();
  for (const { kind, text, traces: matching } of wanted) {
    const expected = newestFirst.filter(({ traceId }) => matching.has(traceId)).slice(0, limit);
    const found = questions
      .searchTraces({ query: text, limit })
      .items.map(({ traceId, spanCount, errorCount }) => ({ traceId, spanCount, errorCount }));
    if (!isDeepStrictEqual(found, expected))
      throw new Error(`${kind}: '${text}' finds ${found.length} traces, and not those ${expected.length} that match.`);
  }
}

/** Throws unless every trace that the first question of each kind finds has a span that matches. */
export function checkFoundTraces(questions: OpenQuestions, _store: BuiltStore, kinds: readonly Question[], limit: number): void {
  for (const { kind, query } of kinds) {
    const text = query(0);
    const parsed = parseQuery(text, 'traces');
    for (const { traceId } of questions.searchTraces({ query: text, limit }).items) {
      const spans = questions.traceSpans({ traceId, limit: 1000 })?.spans ?? [];
      const matches = spans.some(({ resource, scope, ...span }) => spanMatches(parsed, span, sourceOf(resource, scope)));
      if (!matches) throw new Error(`${kind}: '${text}' finds trace ${traceId}, none of whose spans match.`);
    }
  }
}

function* everySpan(exports: number): Generator<{ span: Span; source: MatchedSource }> {
  const workload = new SpanWorkload();
  for (let number = 0; number < exports; number++) {
    for (const { resource, scope, items } of decodeTraces(workload.export(number), 'protobuf').groups) {
      const source = sourceOf(resource, scope);
      for (const span of items) yield { span, source };
    }
  }
}

export function sourceOf(resource: MatchedSource['resource'], scope: MatchedSource['scope']): MatchedSource {
  const named = resource.attributes.find(({ key }) => key === 'service.name')?.value;
  return { resource, scope, serviceName: named !== undefined && 'stringValue' in named ? (named.stringValue ?? '') : '' };
}
