import { describe, expect, it } from 'vitest';
import { BadPayloadError, decodeLogs, decodeTraces } from './decode.ts';
import { field, rawRequest } from './fixtures/encode.ts';
import { bareSpan, spanId, traceId, traceRequest } from './fixtures/requests.ts';

/** Payloads that are made to cost more than they weigh. What is asserted is what comes out; that it comes out at all is the point. */

const mebibyte = 1024 * 1024;

describe('amplification in protobuf', () => {
  it('leaves nothing of a million empty envelopes', () => {
    expect(decodeTraces(Buffer.alloc(2_000_000, Buffer.from([0x0a, 0x00])), 'protobuf')).toEqual({ groups: [], rejected: 0, warnings: [] });
  });

  it('rejects the records that are too many, and counts each', () => {
    const records = 1_500_000;
    const request = field(1, field(2, Buffer.alloc(records * 2, Buffer.from([0x12, 0x00]))));
    const { groups, rejected, warnings } = decodeLogs(request, 'protobuf');
    const kept = groups[0]?.items.length ?? 0;
    expect(kept).toBeGreaterThan(500_000);
    expect(kept).toBeLessThan(records);
    expect(kept + rejected).toBe(records);
    expect(warnings).toEqual([expect.stringContaining('send smaller batches')]);
  });

  it('rejects a record of too many attributes, not its neighbours before it', () => {
    const bomb = Buffer.alloc(10_000_000, Buffer.from([0x32, 0x00]));
    const { groups, rejected } = decodeLogs(rawRequest([Buffer.alloc(0), bomb]), 'protobuf');
    expect(groups[0]?.items).toHaveLength(1);
    expect(rejected).toBe(1);
  });

  it('is not quadratic where every record lies about a length', () => {
    const lie = Buffer.from([0x12, 0x04, 0x4a, 0xff, 0xff, 0x7f]);
    const { groups, rejected } = decodeTraces(field(1, field(2, Buffer.alloc(6 * 200_000, lie))), 'protobuf');
    expect({ groups, rejected }).toEqual({ groups: [], rejected: 200_000 });
  });
});

describe('bombs in JSON', () => {
  it.each(['[', '{"a":', '{"resourceSpans":[', '{},', '[]', '\\"'])('of 64 MiB of %j are refused', (bait) => {
    expect(() => decodeTraces(Buffer.alloc(64 * mebibyte, bait), 'json')).toThrow(BadPayloadError);
  });

  it('of brackets that close are refused too', () => {
    const deep = Buffer.from('['.repeat(2_000_000) + ']'.repeat(2_000_000));
    expect(() => decodeTraces(deep, 'json')).toThrow('Not OTLP: the JSON is not an object.');
  });

  it('below the depth that is read cost nothing but themselves', () => {
    const bomb = `${'['.repeat(100_000)}"]\\"[",{}${']'.repeat(100_000)}`;
    const text = JSON.stringify(traceRequest({ traceId, spanId, futureField: 'bomb', name: '' }));
    const decoded = decodeTraces(Buffer.from(text.replace('"bomb"', `[${bomb},${bomb}]`)), 'json');
    expect(decoded).toMatchObject({ groups: [{ items: [bareSpan] }], warnings: [] });
  });

  it('of one string of 60 MB are a string', () => {
    const text = JSON.stringify(traceRequest({ traceId, spanId, name: 'x'.repeat(60_000_000) }));
    expect(decodeTraces(Buffer.from(text), 'json').groups[0]?.items[0]?.name).toHaveLength(60_000_000);
  });

  it('of ids of 60 MB are refused as ids', () => {
    const text = JSON.stringify(traceRequest({ traceId: 'a'.repeat(60_000_000), spanId }));
    expect(decodeTraces(Buffer.from(text), 'json')).toMatchObject({ rejected: 1 });
  });
});
