import { describe, expect, it } from 'vitest';
import type { ServiceFacts } from '../facts.ts';
import { addToHistory, newHistory, type ServiceHistory } from '../service-history.ts';
import { clockAhead } from './clock-ahead.ts';
import { clockBehind } from './clock-behind.ts';
import { logsWithoutContext } from './logs-without-context.ts';
import { noServiceName } from './no-service-name.ts';
import { inWords } from './rule.ts';
import { serviceRules } from './service-rules.ts';
import { singleSignal } from './single-signal.ts';
import { slowBatches } from './slow-batches.ts';

const startMs = 1_700_000_000_000;

const noRecords: ServiceFacts = {
  service: 'api',
  language: '',
  spans: 0,
  logs: 0,
  metricPoints: 0,
  logsInContext: 0,
  aheadRecords: 0,
  aheadMs: 0,
  newestAgeMs: undefined,
  waited: 0,
  waitedLong: 0,
  waitedMs: 0,
};

/** A service's requests, one each `everyMs`. */
function after(requests: Partial<ServiceFacts>[], { service = 'api', everyMs = 10_000 } = {}): ServiceHistory {
  const history = newHistory(service, startMs);
  requests.forEach((facts, index) => addToHistory(history, { ...noRecords, service, ...facts }, startMs + index * everyMs));
  return history;
}

function repeat(count: number, facts: Partial<ServiceFacts>): Partial<ServiceFacts>[] {
  return Array.from({ length: count }, () => facts);
}

const spans = (count: number): Partial<ServiceFacts> => ({ spans: count, newestAgeMs: 100, waited: count, waitedMs: count * 100 });

describe('a healthy service', () => {
  it('has nothing wrong with it', () => {
    const requests = [...repeat(10, spans(50)), ...repeat(10, { logs: 20, logsInContext: 20, newestAgeMs: 200 })];
    const history = after(requests);
    expect(serviceRules.flatMap((rule) => rule(history) ?? [])).toEqual([]);
  });
});

describe('clock ahead', () => {
  it('says by how much, newest first', () => {
    const history = after([{ aheadRecords: 3, aheadMs: 60_000 }, { aheadRecords: 2, aheadMs: 7200 }, spans(1)]);
    expect(clockAhead(history)).toMatchObject({
      kind: 'clock-off',
      severity: 'warning',
      message: 'Records of api are stamped 7 seconds in the future.',
      count: 5,
      firstSeenMs: startMs,
      lastSeenMs: startMs + 10_000,
    });
  });

  it('is silent while nothing is ahead', () => {
    expect(clockAhead(after(repeat(5, spans(1))))).toBeUndefined();
  });
});

describe('clock behind', () => {
  const hourOld = { spans: 1, newestAgeMs: 3_600_000 };

  it('is advice where records are steadily old', () => {
    expect(clockBehind(after(repeat(6, hourOld)))).toMatchObject({
      severity: 'advice',
      message: 'The newest records of api are always 1 hour old when they arrive.',
    });
  });

  it('is silent about a replay that moves, about one that is short, and about what is not very old', () => {
    const moving = Array.from({ length: 8 }, (_, index) => ({ spans: 1, newestAgeMs: 7_200_000 - index * 60_000 }));
    expect(clockBehind(after(moving))).toBeUndefined();
    expect(clockBehind(after(repeat(8, hourOld), { everyMs: 100 }))).toBeUndefined();
    expect(clockBehind(after(repeat(4, hourOld)))).toBeUndefined();
    expect(clockBehind(after(repeat(8, { spans: 1, newestAgeMs: 120_000 })))).toBeUndefined();
  });

  it('forgets what was before the clock was set', () => {
    expect(clockBehind(after([...repeat(8, hourOld), spans(1)]))).toBeUndefined();
  });
});

describe('no service name', () => {
  it.each(['', 'unknown_service', 'unknown_service:node'])('asks for one where it is "%s"', (service) => {
    const finding = noServiceName(after([spans(1)], { service }));
    expect(finding).toMatchObject({ kind: 'no-service-name', severity: 'warning', setting: 'OTEL_SERVICE_NAME=my-service' });
    expect(finding?.message).toContain(service === '' ? 'no service.name' : `"${service}"`);
  });

  it('is silent about every other name', () => {
    expect(noServiceName(after([spans(1)], { service: 'my_unknown_service' }))).toBeUndefined();
  });
});

describe('logs without trace context', () => {
  const loose = (logs: number): Partial<ServiceFacts> => ({ logs, language: 'python' });

  it('are found beside traces, with what the language needs', () => {
    expect(logsWithoutContext(after([spans(30), loose(12), loose(13)]))).toMatchObject({
      message: 'api sends traces and logs, but none of its 25 log records says to which trace it belongs.',
      setting: expect.stringContaining('OTEL_PYTHON_LOG_CORRELATION=true'),
    });
  });

  it('are nothing where one has context, where they are few, came before the first span, or stand alone', () => {
    expect(logsWithoutContext(after([spans(30), loose(500), { logs: 1, logsInContext: 1 }]))).toBeUndefined();
    expect(logsWithoutContext(after([spans(30), loose(19)]))).toBeUndefined();
    expect(logsWithoutContext(after([loose(500), spans(30), loose(5)]))).toBeUndefined();
    expect(logsWithoutContext(after(repeat(10, loose(50))))).toBeUndefined();
    expect(logsWithoutContext(after([spans(1), loose(500)]))).toBeUndefined();
    expect(logsWithoutContext(after([spans(30), loose(50)], { service: 'unknown_service' }))).toBeUndefined();
  });
});

describe('a single signal', () => {
  it('is advice after a while, in the words of the language', () => {
    expect(singleSignal(after(repeat(5, { ...spans(3), language: 'nodejs' })))).toMatchObject({
      severity: 'advice',
      message: 'api sends traces, but no logs.',
      fix: expect.stringContaining('pino'),
      setting: 'OTEL_LOGS_EXPORTER=otlp',
    });
    expect(singleSignal(after(repeat(5, { logs: 3 })))).toMatchObject({
      message: 'api sends logs, but no traces.',
      setting: 'OTEL_TRACES_EXPORTER=otlp',
    });
  });

  it('is nothing within half a minute, after one request, without a name, or with both', () => {
    expect(singleSignal(after(repeat(20, spans(3)), { everyMs: 1000 }))).toBeUndefined();
    expect(singleSignal(after([spans(3)]))).toBeUndefined();
    expect(singleSignal(after(repeat(5, spans(3)), { service: '' }))).toBeUndefined();
    expect(singleSignal(after([...repeat(5, spans(3)), { logs: 1 }]))).toBeUndefined();
  });
});

describe('slow batches', () => {
  const slow = { spans: 10, waited: 10, waitedLong: 6, waitedMs: 42_000 };

  it('say how long spans wait, and both variables', () => {
    expect(slowBatches(after(repeat(5, slow)))).toMatchObject({
      message: 'Spans of api arrive about 4.2 s after they have ended.',
      setting: 'OTEL_BSP_SCHEDULE_DELAY=500\nOTEL_BLRP_SCHEDULE_DELAY=500',
      count: 5,
    });
  });

  it('are a habit: not a few requests, not the minority, not what was before the variable was set', () => {
    expect(slowBatches(after(repeat(3, slow)))).toBeUndefined();
    expect(slowBatches(after([...repeat(4, slow), ...repeat(4, spans(10))]))).toBeUndefined();
    expect(slowBatches(after([...repeat(8, slow), ...repeat(5, spans(10))]))).toBeUndefined();
    expect(slowBatches(after(repeat(8, { ...slow, waitedLong: 4 })))).toBeUndefined();
  });

  it('are not seen in requests without spans that could have waited', () => {
    expect(slowBatches(after(repeat(8, { logs: 5 })))).toBeUndefined();
  });
});

describe('words for a time', () => {
  it.each([
    [5400, '5 seconds'],
    [60_000, '1 minute'],
    [7_200_000, '2 hours'],
    [86_400_000, '1 day'],
  ])('%d ms is %s', (ms, words) => {
    expect(inWords(ms)).toBe(words);
  });
});
