import { describe, expect, it } from 'vitest';
import { consoleRecord } from './console-record.ts';
import { LineSplitter, mostLineChars } from './line-splitter.ts';

const nowMs = Date.parse('2026-11-22T10:00:00.500Z');
const now = `${nowMs}000000`;
const record = (text: string) => consoleRecord({ text, isCut: false }, 'stdout', nowMs);

describe('a line as a log record', () => {
  it('is what a terminal shows of it', () => {
    expect(record('\u001b[32mgreen\u001b[0m\r')?.body).toEqual({ stringValue: 'green' });
    expect(record('10 %\r50 %\r100 %')?.body).toEqual({ stringValue: '100 %' });
    expect(record('\u001b]0;title\u0007')).toBeUndefined();
    expect(record(' \t ')).toBeUndefined();
  });

  it.each([
    ['2026-11-22T10:00:00.123456789Z x', '1795341600123456789'],
    ['2026-11-22 11:00:00,5+01:00 x', '1795341600500000000'],
    ['[2026-11-22T10:00:00+0000] x', '1795341600000000000'],
    ['{"time":1795341600123,"level":30,"msg":"pino"}', '1795341600123000000'],
    ['{"timestamp":"2026-11-22T10:00:00.25Z"}', '1795341600250000000'],
  ])('has the time that it begins with: %s', (line, time) => {
    expect(record(line)).toMatchObject({ timeUnixNano: time, observedTimeUnixNano: now });
  });

  it.each(['1999-01-01T00:00:00Z about history', 'on 2026-11-22T10:00:00Z', '2026-99-99T10:00:00Z', '{"time":0}', '{"time":1e400}'])(
    'has the time of its arrival: %s',
    (line) => expect(record(line)?.timeUnixNano).toBe(now),
  );

  it.each(['trace_id', 'traceId', 'otelTraceID'])('has the trace that a JSON line names by %s', (key) => {
    const traceId = '0AF7651916CD43DD8448EB211C80319C';
    expect(record(JSON.stringify({ [key]: traceId, spanId: 'b7ad6b7169203331' }))).toMatchObject({
      traceId: traceId.toLowerCase(),
      spanId: 'b7ad6b7169203331',
    });
  });

  it.each(['{"trace_id":"0","span_id":"b7ad6b7169203331"}', '{"trace_id":"00000000000000000000000000000000"}', '{"trace_id":{"a":1}}'])(
    'has none where the id is none: %s',
    (line) => {
      expect(record(line)).not.toHaveProperty('traceId');
      expect(record(line)).not.toHaveProperty('spanId');
    },
  );

  it('keeps every field of a JSON line, whatever its name', () => {
    const attributes = record('{"__proto__":"x","n":1,"f":0.5,"b":true,"o":{"a":[1]},"z":null}')?.attributes;
    expect(attributes).toEqual([
      { key: 'log.iostream', value: { stringValue: 'stdout' } },
      { key: '__proto__', value: { stringValue: 'x' } },
      { key: 'n', value: { intValue: '1' } },
      { key: 'f', value: { doubleValue: 0.5 } },
      { key: 'b', value: { boolValue: true } },
      { key: 'o', value: { stringValue: '{"a":[1]}' } },
      { key: 'z', value: { stringValue: 'null' } },
    ]);
  });

  it.each(['{not json}', '{}', '{"a":1', '[1]'])('is text where it only looks like JSON: %s', (line) => {
    expect(record(line)).toMatchObject({ body: { stringValue: line }, attributes: [{ key: 'log.iostream' }] });
  });
});

describe('lines of output', () => {
  it('are put together from pieces, also within a character', () => {
    const splitter = new LineSplitter();
    const bytes = Buffer.from('grün\nzwei\nrest');
    const lines = [...bytes].flatMap((byte) => splitter.push(Buffer.of(byte)));
    expect([...lines, ...splitter.end()].map(({ text }) => text)).toEqual(['grün', 'zwei', 'rest']);
    expect(splitter.end()).toEqual([]);
  });

  it('are bounded', () => {
    const splitter = new LineSplitter();
    for (let piece = 0; piece < 100; piece++) expect(splitter.push(Buffer.alloc(1024, 'x'))).toEqual([]);
    expect(splitter.push(Buffer.from('\nshort\n'))).toEqual([
      { text: 'x'.repeat(mostLineChars), isCut: true },
      { text: 'short', isCut: false },
    ]);
  });
});
