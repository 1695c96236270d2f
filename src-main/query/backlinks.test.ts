import { expect, it, onTestFinished } from 'vitest';
import { Backlinks } from '#proto/bridge/backlinks';
import type { SpanLink } from '#proto/model/span';
import { attribute, spanIdOf, spanOf, spansFrom, temporaryDirectory, traceIdOf } from '#main/store/records.fixture';
import { openWriter } from '#main/store/write/writer';
import { openQuestions } from './questions.ts';

const linkTo = (spanId: string, why: string): SpanLink => ({
  traceId: traceIdOf(5),
  spanId,
  traceState: '',
  attributes: [attribute('why', why)],
  droppedAttributesCount: 0,
  flags: 0,
});

it('says which span links to a trace or span, from which service, and why', () => {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const ask = openQuestions(directory);
  onTestFinished(() => {
    ask.close();
    writer.close();
  });
  const links = [linkTo(spanIdOf(1), 'first'), linkTo(spanIdOf(2), 'second')];
  writer.append([
    spansFrom('worker', spanOf({ traceId: traceIdOf(9), name: 'process', kind: 5, links }), spanOf({ traceId: traceIdOf(9) })),
  ]);

  const { items, more } = Backlinks.parse(ask.backlinks({ traceId: traceIdOf(5), spanId: spanIdOf(2), limit: 10 }));
  expect(items).toMatchObject([{ traceId: traceIdOf(9), name: 'process', service: 'worker', kind: 5, link: links[1] }]);
  expect(more).toBe(false);
  expect(ask.backlinks({ traceId: traceIdOf(5), limit: 10 }).items).toMatchObject([{ link: links[0] }]);
  expect(ask.backlinks({ traceId: traceIdOf(5), spanId: spanIdOf(3), limit: 10 })).toEqual({ items: [], more: false });

  writer.append([spansFrom('worker', spanOf({ traceId: traceIdOf(8), links }))]);
  expect(ask.backlinks({ traceId: traceIdOf(5), limit: 1 })).toMatchObject({ items: [{ traceId: traceIdOf(8) }], more: true });
});
