import { describe, expect, it } from 'vitest';
import type { ServiceSummary } from '#proto/bridge/shapes';
import { firstSpanOf } from './first-span.ts';

const service = (name: string, spanCount = 1): ServiceSummary => ({
  name,
  namespace: '',
  spanCount,
  errorCount: 0,
  logCount: 1,
  lastSeenUnixNano: '1',
  language: '',
});

describe('firstSpanOf', () => {
  const services = [service('api'), service('logs-only', 0), service('sidelight-self-test')];

  it('finds the service of that name', () => {
    expect(firstSpanOf(services, 'api', new Set(['api']))?.name).toBe('api');
    expect(firstSpanOf([service('my-service')], 'my-service', new Set(['my-service']))?.name).toBe('my-service');
  });
  it('waits for a span, not for a log record', () => expect(firstSpanOf(services, 'logs-only', new Set())).toBeUndefined());
  it('takes no other service for one that was named', () => expect(firstSpanOf(services, 'orders', new Set())).toBeUndefined());
  it('takes any new one for the name that nobody chose, save its own test', () => {
    expect(firstSpanOf(services, 'my-service', new Set())?.name).toBe('api');
    expect(firstSpanOf(services, 'my-service', new Set(['api']))).toBeUndefined();
  });
});
