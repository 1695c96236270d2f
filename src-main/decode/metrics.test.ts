import { describe, expect, it } from 'vitest';
import { BadPayloadError, countMetricPoints } from './decode.ts';
import { field, toJson, toProtobuf, type JsonMessage } from './fixtures/encode.ts';

const points = (count: number) => Array.from({ length: count }, (_, index) => ({ timeUnixNano: String(index) }));

const request: JsonMessage = {
  resourceMetrics: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeMetrics: [
        {
          metrics: [
            { name: 'gauge', gauge: { dataPoints: points(2) } },
            { name: 'sum', sum: { dataPoints: points(3), isMonotonic: true } },
          ],
        },
        { metrics: [{ name: 'histogram', histogram: { dataPoints: points(5) } }] },
      ],
    },
    { scopeMetrics: [{ metrics: [{ name: 'exponential', exponentialHistogram: { dataPoints: points(7) } }] }] },
    { scopeMetrics: [{ metrics: [{ name: 'summary', summary: { dataPoints: points(11) } }, { name: 'no data' }] }, {}] },
    {},
  ],
};

describe('metric data points', () => {
  it('of all five kinds are counted in both encodings, by resource', () => {
    const counts = [
      { resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] }, points: 10 },
      { resource: { attributes: [] }, points: 7 },
      { resource: { attributes: [] }, points: 11 },
    ];
    expect(countMetricPoints(toProtobuf('metrics', request), 'protobuf')).toMatchObject(counts);
    expect(countMetricPoints(toJson(request), 'json')).toMatchObject(counts);
  });

  it('are none in an empty request (R2)', () => {
    expect(countMetricPoints(new Uint8Array(), 'protobuf')).toEqual([]);
    expect(countMetricPoints(new Uint8Array(), 'json')).toEqual([]);
  });

  it.each<[string, Uint8Array, 'protobuf' | 'json']>([
    ['a number for an envelope', Buffer.from([0x08, 1]), 'protobuf'],
    ['a number for a point', field(1, field(2, field(2, field(5, Buffer.from([0x08, 1]))))), 'protobuf'],
    [
      'a number for a resource',
      field(1, Buffer.concat([Buffer.from([0x08, 1]), field(2, field(2, field(5, field(1, Buffer.alloc(0)))))])),
      'protobuf',
    ],
    ['a length past the end', Buffer.from([0x0a, 9]), 'protobuf'],
    ['no array', Buffer.from('{"resourceMetrics":{}}'), 'json'],
    ['no array of points', Buffer.from('{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"gauge":{"dataPoints":1}}]}]}]}'), 'json'],
    ['no object', Buffer.from('7'), 'json'],
  ])('are refused where there is %s (R9)', (_case, payload, encoding) => {
    expect(() => countMetricPoints(payload, encoding)).toThrow(BadPayloadError);
  });
});
