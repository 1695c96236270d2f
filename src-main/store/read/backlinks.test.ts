import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import type { Span, SpanLink } from '#proto/model/span';
import {
  requestOfSpans,
  plainScope,
  resourceOf,
  seededRandom,
  spanIdOf,
  spanOf,
  temporaryDirectory,
  traceIdOf,
} from '../records.fixture.ts';
import { checkStore } from '../write/check.ts';
import { openWriter } from '../write/writer.ts';
import { openReader } from './reader.ts';

/** Links to ten traces, of which some are stored and some never were, on a few of many spans. */
const targets = 10;

const linkTo = (traceId: string, spanId: string): SpanLink => ({
  traceId,
  spanId,
  traceState: '',
  attributes: [],
  droppedAttributesCount: 0,
  flags: 0,
});

function randomSpans(random: () => number, first: number, count: number): Span[] {
  const below = (end: number): number => Math.floor(random() * end);
  return Array.from({ length: count }, (_, at) =>
    spanOf({
      traceId: traceIdOf(1 + Math.floor((first + at) / 30)),
      links:
        random() < 0.002
          ? Array.from({ length: 1 + below(3) }, () => linkTo(traceIdOf(100_000 + below(targets)), spanIdOf(1 + below(3))))
          : [],
    }),
  );
}

function filledStore(batches: number): { directory: string; sent: Span[] } {
  const directory = temporaryDirectory();
  const random = seededRandom(11);
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const sent: Span[] = [];
  for (let batch = 0; batch < batches; batch += 1) {
    const items = randomSpans(random, sent.length, batch % 7 === 0 ? 30 : 600);
    sent.push(...items);
    expect(writer.append([requestOfSpans([{ resource: resourceOf('api'), scope: plainScope, items }])])).toEqual([undefined]);
    while (writer.prune());
  }
  writer.close();
  return { directory, sent };
}

/** Every target that is asked for: whole traces, single spans of them, and a trace that nobody links to. */
const asked = Array.from({ length: targets + 1 }, (_, target) =>
  [undefined, spanIdOf(1), spanIdOf(3)].map((spanId) => ({ traceId: traceIdOf(100_000 + target), spanId })),
).flat();

const expectedBacklinks = (sent: readonly Span[]): string[][] =>
  asked.map(({ traceId, spanId }) => {
    const isLink = (link: SpanLink): boolean => link.traceId === traceId && (spanId === undefined || link.spanId === spanId);
    return sent.flatMap((span) => (span.links.some(isLink) ? [span.spanId] : [])).toSorted();
  });

function storedBacklinks(directory: string): string[][] {
  const reader = openReader(directory);
  const found = asked.map(({ traceId, spanId }) => reader.backlinks(traceId, spanId, 1000).map((span) => span.spanId));
  reader.close();
  return found.map((spans) => spans.toSorted());
}

it('finds every span that links to a trace or span, in sealed groups and in chunks that are not sealed yet', () => {
  const { directory, sent } = filledStore(150);
  const expected = expectedBacklinks(sent);
  expect(expected.filter((spans) => spans.length > 1).length).toBeGreaterThan(targets);
  expect(storedBacklinks(directory)).toEqual(expected);
});

it('indexes the links of a store that an older version has written, when it is opened', () => {
  const { directory, sent } = filledStore(80);
  const older = new Database(join(directory, 'sidelight.db'));
  expect(older.prepare('SELECT count(*) AS n FROM chunk_group').get()).not.toEqual({ n: 0 });
  older.exec(`
    UPDATE filter_block SET bits = zeroblob(length(bits));
    DROP INDEX chunk_by_import;
    DROP TABLE import;
    ALTER TABLE store DROP COLUMN last_ordinal;
    ALTER TABLE chunk DROP COLUMN import;
    ALTER TABLE chunk_group DROP COLUMN import;
  `);
  older.pragma('user_version = 2');
  older.close();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  while (writer.prune());
  expect(writer.counts()).toMatchObject({ spans: sent.length });
  expect(writer.notices).toEqual([]);
  writer.close();
  expect(checkStore(directory)).toEqual([]);
  expect(storedBacklinks(directory)).toEqual(expectedBacklinks(sent));
});

it('has a span once that was sent twice, as it came last, and follows links within a trace', () => {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const reader = openReader(directory);
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  const span = spanOf({ name: 'first', links: [linkTo(traceIdOf(1), spanIdOf(7)), linkTo(traceIdOf(1), spanIdOf(7))] });
  for (const name of ['first', 'again'])
    writer.append([requestOfSpans([{ resource: resourceOf('api'), scope: plainScope, items: [{ ...span, name }] }])]);
  expect(reader.backlinks(traceIdOf(1), undefined, 10)).toMatchObject([{ name: 'again', resource: resourceOf('api') }]);
  expect(reader.backlinks(traceIdOf(1), spanIdOf(8), 10)).toEqual([]);
  writer.append([
    requestOfSpans([{ resource: resourceOf('api'), scope: plainScope, items: [spanOf({ name: 'newest', links: span.links })] }]),
  ]);
  expect(reader.backlinks(traceIdOf(1), undefined, 1)).toMatchObject([{ name: 'newest' }]);
});
