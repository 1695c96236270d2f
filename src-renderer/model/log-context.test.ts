import { describe, expect, it } from 'vitest';
import { contextNote, flagsText, observedNote, timeNote } from './log-context.ts';

const times = (timeUnixNano: string, observedTimeUnixNano: string) => ({ timeUnixNano, observedTimeUnixNano });
const context = { traceId: 'a', spanId: 'b', contextTraceId: 'a', contextSpanId: 'b' };

describe('times', () => {
  it('explains a time that is not the record’s own', () => {
    expect(timeNote(times('1', '2'))).toBeUndefined();
    expect(timeNote(times('0', '2'))).toMatch(/observed/);
    expect(timeNote(times('0', '0'))).toMatch(/received/);
  });

  it('says how much later it was observed, exactly', () => {
    expect(observedNote(times('1700000000000000000', '1700000000012000000'))).toBe('12 ms later');
    expect(observedNote(times('1700000000000000001', '1700000000000000000'))).toBe('1 ns before its own time');
    expect([observedNote(times('5', '5')), observedNote(times('0', '5')), observedNote(times('5', '0'))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('contextNote', () => {
  it('speaks only where something needs explaining', () => {
    expect(contextNote(context)).toBeUndefined();
    expect(contextNote({ ...context, traceId: '', contextTraceId: '', contextSpanId: '' })).toMatch(/^No trace context/);
    expect(contextNote({ ...context, traceId: '' })).toMatch(/attributes/);
    expect(contextNote({ ...context, spanId: '', contextSpanId: '' })).toMatch(/no span/);
  });
});

describe('flagsText', () => {
  it('reads the trace flags and nothing above them', () => {
    expect([0, 1, 0x101, 0x300, 0xff].map(flagsText)).toEqual([
      '00 (not sampled)',
      '01 (sampled)',
      '01 (sampled)',
      '00 (not sampled)',
      'ff (sampled)',
    ]);
  });
});
