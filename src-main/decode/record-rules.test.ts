import { describe, expect, it } from 'vitest';
import { decodeLogs, decodeTraces } from './decode.ts';
import { field, rawRequest, toJson, toProtobuf } from './fixtures/encode.ts';
import { bareLog, bareSpan, logsRequest, spanId, traceId, traceRequest } from './fixtures/requests.ts';

const tooShort = 'ab'.repeat(7);
const tooLong = 'ab'.repeat(17);

describe.each(['protobuf', 'json'] as const)('ids of a span in %s', (encoding) => {
  const decode = (...spans: object[]) => {
    const request = traceRequest(...spans);
    return decodeTraces(encoding === 'json' ? toJson(request) : toProtobuf('traces', request), encoding);
  };

  it.each([
    ['zero', '0'.repeat(32)],
    ['15 bytes', 'ab'.repeat(15)],
    ['17 bytes', tooLong],
    ['missing', ''],
  ])('reject that span alone where the trace id is %s (S1, R4)', (_case, bad) => {
    const decoded = decode({ traceId, spanId }, { traceId: bad, spanId, name: 'GET /x' }, { traceId, spanId: 'aa'.repeat(8) });
    expect(decoded.groups[0]?.items.map((span) => span.spanId)).toEqual([spanId, 'aa'.repeat(8)]);
    expect(decoded.rejected).toBe(1);
    expect(decoded.warnings).toEqual(['1 span rejected: trace_id must be 16 bytes, not all zero (first: "GET /x")']);
  });

  it.each([
    ['zero', '0'.repeat(16)],
    ['7 bytes', tooShort],
    ['9 bytes', 'ab'.repeat(9)],
    ['missing', ''],
  ])('reject that span alone where the span id is %s (S1, R4)', (_case, bad) => {
    const decoded = decode({ traceId, spanId: bad }, { traceId, spanId }, { traceId, spanId: bad });
    expect(decoded.groups[0]?.items).toEqual([bareSpan]);
    expect(decoded.rejected).toBe(2);
    expect(decoded.warnings).toEqual(['2 spans rejected: span_id must be 8 bytes, not all zero (first: "")']);
  });

  it('make a root of a span whose parent id is zero (S2)', () => {
    expect(decode({ traceId, spanId, parentSpanId: '0'.repeat(16) })).toMatchObject({ groups: [{ items: [bareSpan] }], warnings: [] });
  });

  it.each([tooShort, '0'.repeat(14), tooLong])('make a root of a span whose parent id is %s, with a warning (R5)', (parentSpanId) => {
    const decoded = decode({ traceId, spanId, name: 'child', parentSpanId });
    expect(decoded.groups[0]?.items).toEqual([{ ...bareSpan, name: 'child' }]);
    expect(decoded.rejected).toBe(0);
    expect(decoded.warnings).toEqual(['1 span whose parent_span_id is not 8 bytes, kept as a root (first: "child")']);
  });

  it('never cost a span because of a link: its ids are kept as hex, or are empty (S9)', () => {
    const links = [
      { traceId: '0'.repeat(32), spanId: tooShort },
      { traceId: '', spanId },
      { traceId: 'ab'.repeat(33), spanId: 'ab'.repeat(32) },
      { traceId, spanId },
    ];
    const decoded = decode({ traceId, spanId, links });
    expect(decoded.groups[0]?.items[0]?.links.map((link) => [link.traceId, link.spanId])).toEqual([
      ['0'.repeat(32), tooShort],
      ['', spanId],
      ['', 'ab'.repeat(32)],
      [traceId, spanId],
    ]);
    expect(decoded).toMatchObject({ rejected: 0, warnings: ['3 links without a valid trace_id and span_id, kept'] });
  });

  it('show an example that cannot upset a terminal or fill the answer', () => {
    const { warnings } = decode({ spanId, name: `\u001b[31m${'x'.repeat(1000)}` });
    expect(warnings).toEqual([`1 span rejected: trace_id must be 16 bytes, not all zero (first: "\\u001b[31m${'x'.repeat(55)}…")`]);
  });
});

describe.each(['protobuf', 'json'] as const)('ids of a log record in %s', (encoding) => {
  const decode = (record: object) => {
    const request = logsRequest(record);
    return decodeLogs(encoding === 'json' ? toJson(request) : toProtobuf('logs', request), encoding);
  };

  it.each([
    ['zero', '0'.repeat(32), '0'.repeat(16)],
    ['empty', '', ''],
  ])('that are %s mean none (L6)', (_case, bad, badSpan) => {
    expect(decode({ traceId: bad, spanId: badSpan })).toMatchObject({ groups: [{ items: [bareLog] }], rejected: 0, warnings: [] });
  });

  it('of a wrong length leave the record unassociated, with a warning (L6)', () => {
    const decoded = decode({ traceId: tooLong, spanId: tooShort });
    expect(decoded.groups[0]?.items).toEqual([bareLog]);
    expect(decoded.rejected).toBe(0);
    expect(decoded.warnings).toEqual([
      '1 log record whose trace_id is not 16 bytes in hex, kept without it',
      '1 log record whose span_id is not 8 bytes in hex, kept without it',
    ]);
  });

  it('are judged each on its own', () => {
    expect(decode({ traceId, spanId: tooShort }).groups[0]?.items).toEqual([{ ...bareLog, traceId }]);
  });
});

describe('what the sender is told', () => {
  it('is bounded, with what was lost first', () => {
    const messages = Array.from({ length: 14 }, (_, number) => field(number + 1, Buffer.from('x')));
    const asWrongType = messages.map((message) => Buffer.concat([Buffer.from([(message[0] ?? 0) & ~7]), Buffer.from([1])]));
    const duplicate = field(9, field(1, Buffer.from('k')));
    const whole = Buffer.concat([field(1, Buffer.from(traceId, 'hex')), field(2, Buffer.from(spanId, 'hex')), duplicate, duplicate]);
    const { warnings, rejected } = decodeTraces(rawRequest([whole, ...asWrongType]), 'protobuf');
    expect(rejected).toBe(14);
    expect(warnings).toHaveLength(11);
    expect(warnings[0]).toMatch(/^1 span rejected: field 1 has wire type 0 instead of 2 \(first: at byte \d+\)$/);
    expect(warnings.at(-1)).toMatch(/^and \d+ more kinds of problem$/);
  });
});
