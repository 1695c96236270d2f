import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Completions, CompletionsOf } from '#proto/bridge/completions';
import { displayValue } from '#proto/model/display-value';
import { attributeNames } from '#proto/model/semantic-conventions';
import { admitTraces } from '#main/decode/walk/admit';
import { encodeTraces } from '#main/decode/walk/encode';
import { attribute, logOf, logsFrom, seededRandom, spanOf, spansFrom, temporaryDirectory } from '#main/store/records.fixture';
import { openWriter, type OpenedWriter } from '#main/store/write/writer';
import { openQuestions, type OpenQuestions } from './questions.ts';
import { pick, someSource, someSpan, type SpanGroup } from './random-traces.fixture.ts';

function openStore(): { writer: OpenedWriter; ask: OpenQuestions; complete: (input: Partial<CompletionsOf>) => Completions } {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const ask = openQuestions(directory);
  onTestFinished(() => {
    ask.close();
    writer.close();
  });
  const complete = (input: Partial<CompletionsOf>): Completions =>
    Completions.parse(ask.completions(CompletionsOf.parse({ subject: 'traces', limit: 200, ...input })));
  return { writer, ask, complete };
}

/** Counts by plain reading: each span once for each text. */
function counted(
  groups: readonly SpanGroup[],
  textsOf: (group: SpanGroup, span: SpanGroup['items'][number]) => string[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const group of groups) {
    for (const span of group.items)
      for (const text of new Set(textsOf(group, span))) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

const attributesOf = ({ resource, scope }: SpanGroup, span: SpanGroup['items'][number]) => [
  ...resource.attributes,
  ...scope.attributes,
  ...span.attributes,
  ...span.events.flatMap((event) => event.attributes),
];

const asMap = ({ items }: Completions): Map<string, number> => new Map(items.map(({ text, count }) => [text, count]));

describe('completions', () => {
  it('count what is there, sealed or not, as a plain reading does', () => {
    const { writer, complete } = openStore();
    const random = seededRandom(9);
    const sent: SpanGroup[] = [];
    let trace = 1;
    for (let commit = 0; commit < 70; commit += 1) {
      const groups = [someSource(random), someSource(random)].map((source): SpanGroup => ({ ...source, items: [] }));
      for (let span = 0; span < 240; span += 1) pick(random, groups).items.push(someSpan(random, (trace += span % 4 === 0 ? 1 : 0)));
      const { pieces } = admitTraces(encodeTraces(groups.filter(({ items }) => items.length > 0)), 'protobuf');
      writer.append([{ payloadHash: randomBytes(32), receivedNs: BigInt(commit + 1), records: { signal: 'traces', pieces } }]);
      while (writer.prune());
      sent.push(...groups);
    }
    const keys = complete({});
    expect(keys.lookedAt).toBe(70 * 240);
    expect(asMap(keys)).toEqual(counted(sent, (group, span) => attributesOf(group, span).map(({ key }) => key)));
    expect(complete({})).toEqual(keys);
    for (const key of ['size', 'http.method', 'user.id', 'service.name']) {
      const values = counted(sent, (group, span) =>
        attributesOf(group, span)
          .filter((one) => attributeNames(key).includes(one.key))
          .map(({ value }) => displayValue(value)),
      );
      const most = [...values].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 200);
      expect(complete({ key }).items).toEqual(most.map(([text, count]) => ({ text, count })));
    }
    const names = counted(sent, (_, { name }) => [name]);
    expect(complete({ field: 'name' }).items[0]?.count).toBe(Math.max(...names.values()));
  });

  it('put what begins so first, then what is frequent', () => {
    const { writer, complete } = openStore();
    const named = (...names: string[]) =>
      names.map((name) => spanOf({ name, attributes: [attribute('route', { stringValue: `/${name}` })] }));
    writer.append([spansFrom('web', ...named('GET b', 'get a', 'get a', 'forGET', 'forGET', 'forGET', 'forget', 'gone, get it'))]);
    expect(complete({ field: 'name', prefix: 'get' })).toEqual({
      items: [
        { text: 'get a', count: 2 },
        { text: 'GET b', count: 1 },
        { text: 'gone, get it', count: 1 },
        { text: 'forGET', count: 3 },
        { text: 'forget', count: 1 },
      ],
      lookedAt: 8,
    });
    expect(complete({ key: 'route', prefix: '/gone' }).items).toEqual([{ text: '/gone, get it', count: 1 }]);
    expect(complete({ prefix: 'rou', limit: 1 }).items).toEqual([{ text: 'route', count: 8 }]);
    expect(complete({ key: 'absent' }).items).toEqual([]);
    expect(complete({ field: 'service', prefix: 'W' })).toEqual({ items: [{ text: 'web', count: 8 }], lookedAt: 8 });
  });

  it('tell of log records what they have, and nothing that no list can show', () => {
    const { writer, complete } = openStore();
    const texts = ['a', 'a', 'b\nc', '', 'x'.repeat(201)];
    const logs = texts.map((text) => logOf({ attributes: [attribute('note', { stringValue: text }), attribute('note.x', {})] }));
    writer.append([logsFrom('api', ...logs)]);
    expect(complete({ subject: 'logs', key: 'note' })).toEqual({ items: [{ text: 'a', count: 2 }], lookedAt: 5 });
    expect(complete({ subject: 'logs' }).items.map(({ text }) => text)).toEqual(['note', 'note.x', 'service.name']);
    expect(complete({ subject: 'logs', field: 'service' }).items).toEqual([{ text: 'api', count: 5 }]);
    expect(complete({ subject: 'logs', field: 'name' }).items).toEqual([]);
    expect(complete({ subject: 'traces' })).toEqual({ items: [], lookedAt: 0 });
  });
});
