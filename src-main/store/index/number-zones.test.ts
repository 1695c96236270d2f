import { describe, expect, it } from 'vitest';
import type { AnyValue } from '#proto/model/any-value';
import { numberZonesOf, zonesMayHold } from './number-zones.ts';
import { Random } from './random.fixture.ts';
import { randomSpan, searchedSpan, walkedSpansOf, type MadeSpan } from './telemetry.fixture.ts';

const compares = {
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
  '>': (left: number, right: number) => left > right,
  '>=': (left: number, right: number) => left >= right,
};

/** Slow and obvious: what `<` and `>` compare. */
function numberOf(value: AnyValue): number {
  if ('intValue' in value) return Number(value.intValue);
  if ('doubleValue' in value) return Number(value.doubleValue);
  if (!('stringValue' in value) || value.stringValue.trim() === '') return Number.NaN;
  return Number.isFinite(Number(value.stringValue)) ? Number(value.stringValue) : Number.NaN;
}

const spanWith = (...attributes: MadeSpan['attributes']): MadeSpan => ({ ...randomSpan(new Random(1)), attributes, events: [] });
const zonesOf = (...spans: MadeSpan[]) => numberZonesOf(walkedSpansOf(spans));

describe('number zones', () => {
  it('say exactly whether one number of a key may compare so', () => {
    const random = new Random(4);
    for (let turn = 0; turn < 300; turn += 1) {
      const spans = random.list(5, () => randomSpan(random));
      const zones = numberZonesOf(walkedSpansOf(spans));
      const attributes = spans.flatMap((span) => searchedSpan(span).attributes);
      for (const key of ['http.method', 'Größe', 'queue.length', '', 'missing'])
        for (const bound of [0, 12, 16, 503, 1000, -1e21, 2 ** 63, Infinity, -Infinity, Number.NaN])
          for (const comparison of ['<', '<=', '>', '>='] as const) {
            const holds = attributes.some((attribute) => attribute.key === key && compares[comparison](numberOf(attribute.value), bound));
            expect(zonesMayHold(zones, key, comparison, bound)).toBe(holds);
          }
    }
  });

  it.each([' 42 ', '4.2e1', '+42', '0x2a', '0b101010', '\u00a042', '042', '42.', `42.${'0'.repeat(500)}`])(
    'take the text %j for 42',
    (text) => {
      const zones = zonesOf(spanWith({ key: 'n', value: { stringValue: text } }));
      expect([zones.min[0], zones.max[0]]).toEqual([42, 42]);
    },
  );

  it.each(['', '   ', '4 2', '42px', 'Infinity', 'NaN', '1e999', '0x', 'a42', '42n', '--42'])('take the text %j for none', (text) => {
    expect(zonesOf(spanWith({ key: 'n', value: { stringValue: text } })).keys).toHaveLength(0);
  });

  it('leave everything open for a text of digits that is too long to look at', () => {
    const zones = zonesOf(spanWith({ key: 'n', value: { stringValue: '0'.repeat(5000) } }));
    expect(zonesMayHold(zones, 'n', '>', 1e300)).toBe(true);
    expect(zonesMayHold(zones, 'm', '>', 0)).toBe(false);
  });

  it('keep keys in order, and 64-bit numbers as near as doubles get', () => {
    const ints = ['9223372036854775807', '-9223372036854775808', '9007199254740993'];
    const zones = zonesOf(...ints.map((intValue, index) => spanWith({ key: `k${index % 2}`, value: { intValue } })));
    expect([...zones.keys]).toEqual([...zones.keys].toSorted((left, right) => left - right));
    expect(zonesMayHold(zones, 'k0', '>=', 2 ** 63)).toBe(true);
    expect(zonesMayHold(zones, 'k0', '<=', 2 ** 53)).toBe(true);
    expect(zonesMayHold(zones, 'k0', '<', 2 ** 53)).toBe(false);
    expect(zonesMayHold(zones, 'k1', '<=', -(2 ** 63))).toBe(true);
  });

  it('are one for all where there are too many keys', () => {
    const attributes = Array.from({ length: 5000 }, (_, index) => ({ key: `key ${index}`, value: { intValue: '1' } }));
    const zones = zonesOf(spanWith(...attributes));
    expect(zones.keys).toHaveLength(1);
    expect(zonesMayHold(zones, 'key 7', '>=', 1)).toBe(true);
    expect(zonesMayHold(zones, 'any', '<', -1e300)).toBe(true);
  });
});
