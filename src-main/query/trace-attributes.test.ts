import { expect, it, onTestFinished } from 'vitest';
import { longestAttributeText, TraceAttributes } from '#proto/bridge/trace-attributes';
import { displayValue } from '#proto/model/display-value';
import { attributeNames } from '#proto/model/semantic-conventions';
import type { TraceSpans } from '#proto/bridge/shapes';
import { admitTraces } from '#main/decode/walk/admit';
import { encodeTraces } from '#main/decode/walk/encode';
import { openWriter } from '#main/store/write/writer';
import { seededRandom, temporaryDirectory, traceIdOf } from '#main/store/records.fixture';
import { openQuestions } from './questions.ts';
import { someSource, someSpan, upTo } from './random-traces.fixture.ts';

const keys = ['http.request.method', 'user.id', 'size', '', 'service.name', 'nothing'];

/** By reading every span: of the names that the key has had the newest that the span has, else the newest that its resource has. */
function valuesOf(spans: TraceSpans['spans'], key: string): Map<string, string> {
  const names = attributeNames(key);
  const values = new Map<string, string>();
  for (const span of spans) {
    const lists = [span.attributes, span.resource.attributes];
    const found = lists.flatMap((list) => names.flatMap((name) => list.findLast((one) => one.key === name) ?? []))[0];
    if (found !== undefined) values.set(span.spanId, displayValue(found.value).slice(0, longestAttributeText));
  }
  return values;
}

const sorted = (values: Map<string, string>): [string, string][] => [...values].toSorted(([a], [b]) => (a < b ? -1 : 1));

it('answers what a reading of every span would, spread over chunks, with spans that came twice', () => {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const ask = openQuestions(directory);
  onTestFinished(() => {
    ask.close();
    writer.close();
  });
  const random = seededRandom(7);
  for (let request = 0; request < 30; request += 1) {
    const groups = Array.from({ length: 3 }, () => ({
      ...someSource(random),
      items: Array.from({ length: 1 + upTo(random, 20) }, (_, index) =>
        someSpan(random, 1 + upTo(random, 2), index === 0 ? '00000000000000aa' : undefined),
      ),
    }));
    const { pieces } = admitTraces(encodeTraces(groups), 'protobuf');
    writer.append([
      { payloadHash: Uint8Array.from({ length: 32 }, () => request), receivedNs: BigInt(request), records: { signal: 'traces', pieces } },
    ]);
    if (request === 20) while (writer.prune());
  }
  for (const traceId of [traceIdOf(1), traceIdOf(2)]) {
    const spans = ask.traceSpans({ traceId, limit: 10_000 })?.spans ?? [];
    const answer = TraceAttributes.parse(ask.traceAttributes({ traceId, key: keys }));
    expect(spans.length).toBeGreaterThan(100);
    for (const column of answer.columns) {
      const found = new Map(column.spanId.map((id, index) => [id, column.strings[column.value[index] ?? -1] ?? 'no such string']));
      expect([column.key, sorted(found)]).toEqual([column.key, sorted(valuesOf(spans, column.key))]);
      expect(column.leftOut).toBe(0);
    }
    for (const { key, spanCount, resourceSpanCount } of answer.keys) {
      const having = (list: 'own' | 'resource'): number =>
        spans.filter((span) => (list === 'own' ? span.attributes : span.resource.attributes).some((one) => one.key === key)).length;
      expect([key, spanCount, resourceSpanCount]).toEqual([key, having('own'), having('resource')]);
    }
    const all = new Set(spans.flatMap((span) => [...span.attributes, ...span.resource.attributes].map((one) => one.key)));
    expect(new Set(answer.keys.map(({ key }) => key))).toEqual(all);
  }
  expect(ask.traceAttributes({ traceId: traceIdOf(9), key: [] })).toBeUndefined();
});
