import { describe, expect, it, onTestFinished } from 'vitest';
import { latencyStanding } from '#proto/analysis/latency-standing';
import { mostLatencySpans, OperationLatency, type Operation } from '#proto/bridge/operation-latency';
import type { Span } from '#proto/model/span';
import {
  plainScope,
  requestOfSpans,
  resourceOf,
  seededRandom,
  spanOf,
  spansFrom,
  temporaryDirectory,
  traceIdOf,
} from '#main/store/records.fixture';
import { openWriter } from '#main/store/write/writer';
import { pick, upTo } from './random-traces.fixture.ts';
import { openQuestions } from './questions.ts';

const open = () => {
  const directory = temporaryDirectory();
  const writer = openWriter(directory, { maxStoredBytes: 2 ** 30 });
  const ask = openQuestions(directory);
  onTestFinished(() => {
    ask.close();
    writer.close();
  });
  return { writer, ask };
};

const lasting = (ns: bigint, fields: Partial<Span> = {}): Span =>
  spanOf({ startTimeUnixNano: '1700000000000000000', endTimeUnixNano: String(1_700_000_000_000_000_000n + ns), ...fields });

const ofGet: Operation = { service: 'api', name: 'GET /', kind: 2 };

describe('operationLatency', () => {
  it('knows nothing of an operation that never ran', () => {
    const { ask } = open();
    expect(ask.operationLatency(ofGet)).toEqual({ count: 0, more: false, percentilesNs: [] });
  });

  it('tells service, name and kind apart', () => {
    const { writer, ask } = open();
    writer.append([spansFrom('api', lasting(100n), lasting(200n, { kind: 3 }), lasting(300n, { name: 'GET /b' }))]);
    writer.append([spansFrom('web', lasting(400n))]);
    const latency = OperationLatency.parse(ask.operationLatency(ofGet));
    expect(latency).toMatchObject({ count: 1, more: false });
    expect(new Set(latency.percentilesNs)).toEqual(new Set([100]));
  });

  it('looks at the newest spans only, and says so', () => {
    const { writer, ask } = open();
    writer.append([spansFrom('api', lasting(9_000n), lasting(9_000n))]);
    writer.append([spansFrom('api', ...Array.from({ length: mostLatencySpans }, (_, n) => lasting(BigInt(n % 100))))]);
    const latency = ask.operationLatency(ofGet);
    expect(latency).toMatchObject({ count: mostLatencySpans, more: true });
    expect([latency.percentilesNs[0], latency.percentilesNs[50], latency.percentilesNs[100]]).toEqual([0, 49, 99]);
    expect(latencyStanding(latency, 50)).toBe('slower than 50 % of the newest 2,000 spans of this operation');
  });

  it('agrees with all spans, sorted, in sealed groups and in chunks that are not sealed yet', () => {
    const random = seededRandom(7);
    const { writer, ask } = open();
    const sent: (Operation & { ns: number })[] = [];
    for (let request = 0; request < 150; request += 1) {
      const service = pick(random, ['api', 'worker']);
      const items = Array.from({ length: request % 7 === 0 ? 30 : 600 }, () => {
        const ns = pick(random, [upTo(random, 1000), upTo(random, 1e6), upTo(random, 1e10)]);
        const name = random() < 0.2 ? 'often' : pick(random, ['a', 'b', 'c']);
        const span = lasting(BigInt(ns), { traceId: traceIdOf(1 + Math.floor(sent.length / 30)), name, kind: upTo(random, 6) });
        sent.push({ service, name, kind: span.kind, ns });
        return span;
      });
      writer.append([requestOfSpans([{ resource: resourceOf(service), scope: plainScope, items }])]);
      while (writer.prune());
    }
    for (const service of ['api', 'worker', 'nobody']) {
      for (const name of ['often', 'a', 'c']) {
        const own = sent.filter((one) => one.service === service && one.name === name && one.kind === 3).map(({ ns }) => ns);
        const { count, more, percentilesNs } = ask.operationLatency({ service, name, kind: 3 });
        expect({ count, more }).toEqual({ count: Math.min(own.length, mostLatencySpans), more: own.length > mostLatencySpans });
        const exact = percentilesOf(own.slice(-mostLatencySpans));
        expect(percentilesNs.every((ns, percent) => ns <= (exact[percent] ?? 0) && ns > (exact[percent] ?? 0) * (1 - 1 / 512) - 1)).toBe(
          true,
        );
      }
    }
  });
});

const percentilesOf = (durations: readonly number[]): number[] => {
  const ascending = durations.toSorted((a, b) => a - b);
  return Array.from({ length: 101 }, (_, percent) => ascending[Math.max(0, Math.ceil((ascending.length * percent) / 100) - 1)] ?? 0);
};
