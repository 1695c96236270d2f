import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { OtlpPage } from '#proto/bridge/otlp-export';
import { admitLogs, admitTraces } from '#main/decode/walk/admit';
import { bareLog, fullLogs, fullTraces, fullSpan, spanNumber, traceId, traceRequest } from '#main/decode/fixtures/requests';
import { toJson, type JsonMessage } from '#main/decode/fixtures/encode';
import type { Append } from '#main/store/interface';
import { temporaryDirectory } from '#main/store/records.fixture';
import { openWriter } from '#main/store/write/writer';
import { openQuestions, type OpenQuestions } from './questions.ts';

interface Store {
  ask: OpenQuestions;
  append(request: JsonMessage): void;
}

let hash = 0;

function newStore(): Store {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const ask = openQuestions(directory);
  onTestFinished(() => {
    ask.close();
    writer.close();
  });
  return {
    ask,
    append(request) {
      const records: Append['records'] =
        'resourceSpans' in request
          ? { signal: 'traces', pieces: admitTraces(toJson(request), 'json').pieces }
          : { signal: 'logs', pieces: admitLogs(toJson(request), 'json').pieces };
      const [problem] = writer.append([{ payloadHash: Buffer.from([++hash]), receivedNs: 1n, records }]);
      if (problem) throw problem;
    },
  };
}

function pagesOf(ask: OpenQuestions, limit: number, logs: boolean): OtlpPage[] {
  const pages: OtlpPage[] = [];
  for (let cursor: string | undefined; ;) {
    const page = ask.otlpPage({ traceId, limit, logs, cursor });
    if (page === undefined) throw new Error('Nothing is stored.');
    pages.push(OtlpPage.parse(page));
    cursor = page.nextCursor;
    if (cursor === undefined) return pages;
  }
}

const spansOf = (ask: OpenQuestions) => ask.traceSpans({ traceId, limit: 10_000 })?.spans;
const logsOf = (ask: OpenQuestions) =>
  ask.searchLogs({ query: '', limit: 1000, minSeverity: 0, order: 'oldest', traceId }).items.map(({ id: _id, ...log }) => log);

describe('a trace as OTLP/JSON', () => {
  let store: Store;
  beforeEach(() => {
    store = newStore();
    store.append(fullTraces);
    store.append(traceRequest(...Array.from({ length: 9 }, (_, n) => ({ ...spanNumber(n + 1), traceId }))));
    store.append(fullLogs);
    store.append({
      resourceLogs: [
        {
          scopeLogs: [
            {
              logRecords: [
                { ...bareLog, traceId },
                { ...bareLog, traceId },
              ],
            },
          ],
        },
      ],
    });
  });

  it('is read again as it was, every field, however it was paged', () => {
    for (const limit of [1, 3, 10_000]) {
      const other = newStore();
      for (const { nextCursor: _nextCursor, ...data } of pagesOf(store.ask, limit, true)) other.append(data as JsonMessage);
      expect(spansOf(other.ask)).toEqual(spansOf(store.ask));
      expect(logsOf(other.ask)).toEqual(logsOf(store.ask));
    }
  });

  it('has its log records only where they are asked for, behind the last span', () => {
    expect(pagesOf(store.ask, 100, false)).toHaveLength(1);
    const pages = pagesOf(store.ask, 100, true);
    expect(pages.map((page) => Object.keys(page))).toEqual([['resourceSpans', 'nextCursor'], ['resourceLogs']]);
  });

  it('groups spans by resource and scope, and leaves default values out', () => {
    const [page] = pagesOf(store.ask, 100, false);
    expect(page?.resourceSpans).toHaveLength(2);
    expect(
      page?.resourceSpans
        ?.flatMap(({ scopeSpans }) => scopeSpans)
        .map(({ spans }) => spans.length)
        .toSorted(),
    ).toEqual([1, 9]);
    const all = page?.resourceSpans?.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)) ?? [];
    expect(all.find(({ spanId }) => spanId === fullSpan.spanId.toLowerCase())).toMatchObject({ traceState: fullSpan.traceState });
    expect(all.some((span) => 'traceState' in span && span['traceState'] === '')).toBe(false);
  });

  it('of one that is not stored is none, and a foreign cursor is refused', () => {
    expect(store.ask.otlpPage({ traceId: 'f'.repeat(32), limit: 1, logs: false })).toBeUndefined();
    expect(() => store.ask.otlpPage({ traceId, limit: 1, logs: false, cursor: 'bm8' })).toThrow('cursor');
  });
});
