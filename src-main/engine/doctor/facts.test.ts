import { describe, expect, it } from 'vitest';
import { countMetricPoints } from '#main/decode/decode';
import { admitLogs, admitTraces } from '#main/decode/walk/admit';
import { factsOfLogs, factsOfMetrics, factsOfSpans } from './facts.ts';

const receivedMs = 1_700_000_000_000;

const nano = (agoMs: number): string => `${receivedMs - agoMs}000000`;
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const resource = (service: string, language = 'python') => ({
  attributes: [...(service === '' ? [] : [text('service.name', service)]), text('telemetry.sdk.language', language)],
});

let nextId = 1;
const id = (): string => (nextId++).toString(16).padStart(16, '0');
const span = (startedAgoMs: number, endedAgoMs: number) => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: id(),
  name: 'GET /',
  startTimeUnixNano: nano(startedAgoMs),
  endTimeUnixNano: nano(endedAgoMs),
});

function ofSpans(...resources: { service: string; spans: unknown[] }[]) {
  const resourceSpans = resources.map(({ service, spans }) => ({ resource: resource(service), scopeSpans: [{ spans }] }));
  return factsOfSpans(admitTraces(Buffer.from(JSON.stringify({ resourceSpans })), 'json').pieces, receivedMs);
}

function ofLogs(service: string, logRecords: unknown[]) {
  const resourceLogs = [{ resource: resource(service, 'nodejs'), scopeLogs: [{ logRecords }] }];
  return factsOfLogs(admitLogs(Buffer.from(JSON.stringify({ resourceLogs })), 'json').pieces, receivedMs);
}

describe('facts of a request', () => {
  it('sum up each service, however many groups it comes in', () => {
    const facts = ofSpans(
      { service: 'api', spans: [span(20, 10)] },
      { service: 'db', spans: [span(9, 5)] },
      { service: 'api', spans: [span(8, 4)] },
    );
    expect(facts).toMatchObject([
      { service: 'api', language: 'python', spans: 2, logs: 0, newestAgeMs: 4, aheadRecords: 0, waited: 2, waitedLong: 0, waitedMs: 14 },
      { service: 'db', spans: 1, newestAgeMs: 5 },
    ]);
  });

  it('tell how long spans have waited since they ended, and leave out what no batch explains', () => {
    const [facts] = ofSpans({ service: 'api', spans: [span(9000, 4000), span(100, 50), span(90_000, 61_000), span(10, -20)] });
    expect(facts).toMatchObject({ spans: 4, waited: 2, waitedLong: 1, waitedMs: 4050 });
  });

  it('count spans that start later than they arrived, beyond the tolerance', () => {
    const [facts] = ofSpans({ service: 'api', spans: [span(-4000, -4100), span(-6000, -6100), span(-90_000, -90_001)] });
    expect(facts).toMatchObject({ aheadRecords: 2, aheadMs: 90_000 });
  });

  it('do not take a span that ends in the future for a clock, nor a span without times for an old one', () => {
    const [facts] = ofSpans({
      service: 'api',
      spans: [span(10, -60_000), { ...span(0, 0), startTimeUnixNano: '0', endTimeUnixNano: '0' }],
    });
    expect(facts).toMatchObject({ spans: 2, aheadRecords: 0, newestAgeMs: -60_000, waited: 0 });
  });

  it('count log records that name their trace, in fields or as Python writes it', () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const spanId = 'b7ad6b7169203331';
    const [facts] = ofLogs('api', [
      { timeUnixNano: nano(30), traceId, spanId },
      { timeUnixNano: nano(20), attributes: [text('otelTraceID', traceId), text('otelSpanID', spanId)] },
      { observedTimeUnixNano: nano(10), attributes: [text('otelTraceID', '0')] },
      { body: { stringValue: 'no time at all' } },
    ]);
    expect(facts).toMatchObject({ language: 'nodejs', logs: 4, logsInContext: 2, newestAgeMs: 10, aheadRecords: 0, waited: 0 });
  });

  it('count the metric points of each service', () => {
    const metrics = [{ name: 'queue.length', gauge: { dataPoints: [{ timeUnixNano: nano(1) }, { timeUnixNano: nano(2) }] } }];
    const resourceMetrics = ['api', 'db', 'api'].map((service) => ({ resource: resource(service), scopeMetrics: [{ metrics }] }));
    const facts = factsOfMetrics(countMetricPoints(Buffer.from(JSON.stringify({ resourceMetrics })), 'json'));
    expect(facts).toMatchObject([
      { service: 'api', language: 'python', metricPoints: 4, spans: 0, newestAgeMs: undefined },
      { service: 'db', metricPoints: 2 },
    ]);
  });

  it('have an empty name for a resource without one', () => {
    expect(ofSpans({ service: '', spans: [span(2, 1)] })).toMatchObject([{ service: '', spans: 1 }]);
  });

  it('stay small, whatever a request holds', () => {
    const services = Array.from({ length: 500 }, (_, index) => ({ service: `s${index}`.padEnd(1000, 'x'), spans: [span(2, 1)] }));
    const facts = ofSpans(...services);
    expect(facts).toHaveLength(50);
    expect(facts[0]?.service).toHaveLength(256);
  });
});
