import { describe, expect, it } from 'vitest';
import { BadPayloadError } from './bad-payload-error.ts';
import { field } from './fixtures/encode.ts';
import { admitLogs, admitTraces } from './walk/admit.ts';

const traceId = Buffer.alloc(16, 1);

function spanNumber(number: number): Buffer {
  const spanId = Buffer.alloc(8);
  spanId.writeUInt32BE(number + 1);
  return field(2, field(1, traceId), field(2, spanId));
}

/** `count` groups of one span, each of a resource of its own. */
function groups(count: number): Uint8Array {
  const text = (value: string): Buffer => field(2, field(1, Buffer.from(value)));
  return Buffer.concat(
    Array.from({ length: count }, (_, number) =>
      field(1, field(1, field(1, field(1, Buffer.from('host.name')), text(`h${number}`))), field(2, spanNumber(number))),
    ),
  );
}

describe('what one request may cost', () => {
  it.each([
    [
      'spans',
      () => admitTraces(field(1, field(2, Buffer.concat(Array.from({ length: 150_001 }, (_, number) => spanNumber(number))))), 'protobuf'),
    ],
    ['log records', () => admitLogs(field(1, field(2, Buffer.alloc(2 * 150_001, Buffer.from([0x12, 0])))), 'protobuf')],
    [
      'spans in JSON',
      () =>
        admitTraces(
          Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: 150_001 }, () => ({})) }] }] })),
          'json',
        ),
    ],
  ])('is bounded in %s', (_, admit) => {
    expect(admit).toThrow(BadPayloadError);
    expect(admit).toThrow('more than 150000 records; send fewer at a time');
  });

  it('is bounded in resources and scopes', () => {
    expect(() => admitTraces(groups(10_001), 'protobuf')).toThrow('more than 10000 different resources and scopes; send fewer at a time');
    const { pieces } = admitTraces(groups(10_000), 'protobuf');
    expect(pieces.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
  });
});
