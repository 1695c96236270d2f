import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it } from 'vitest';
import { decodeLogs, decodeTraces } from '../decode.ts';
import { randomNumbers } from '../fixtures/damage.ts';
import { toProtobuf } from '../fixtures/encode.ts';
import { sdkLog, sdkSpan } from '../fixtures/every-field.ts';
import { fullLogs, fullTraces } from '../fixtures/requests.ts';
import { encodeLogs, encodeTraces } from './encode.ts';
import { RandomRecords } from './random.fixture.ts';

const rounds = 400;
const written = (bytes: Uint8Array | undefined): Uint8Array => bytes ?? expect.fail('the serialiser wrote nothing');

describe('what is encoded', () => {
  it('is decoded to the same spans, whatever they hold', () => {
    const records = new RandomRecords(randomNumbers(7));
    for (let round = 0; round < rounds; round += 1) {
      const groups = records.spans();
      expect(decodeTraces(encodeTraces(groups), 'protobuf')).toStrictEqual({ groups, rejected: 0, warnings: [] });
    }
  });

  it('is decoded to the same log records, whatever they hold', () => {
    const records = new RandomRecords(randomNumbers(8));
    for (let round = 0; round < rounds; round += 1) {
      const groups = records.logs();
      expect(decodeLogs(encodeLogs(groups), 'protobuf')).toStrictEqual({ groups, rejected: 0, warnings: [] });
    }
  });

  it.each([
    [
      'the official SDK',
      written(ProtobufTraceSerializer.serializeRequest([sdkSpan, sdkSpan])),
      written(ProtobufLogsSerializer.serializeRequest([sdkLog])),
    ],
    ['protobufjs', toProtobuf('traces', fullTraces), toProtobuf('logs', fullLogs)],
  ])('comes back as %s wrote it', (_encoder, traces, logs) => {
    const { groups } = decodeTraces(traces, 'protobuf');
    expect(decodeTraces(encodeTraces(groups), 'protobuf').groups).toStrictEqual(groups);
    const logGroups = decodeLogs(logs, 'protobuf').groups;
    expect(decodeLogs(encodeLogs(logGroups), 'protobuf').groups).toStrictEqual(logGroups);
  });

  it('names a resource once where several scopes follow each other under it', () => {
    const { groups } = decodeTraces(toProtobuf('traces', fullTraces), 'protobuf');
    const [group] = groups;
    const twice = encodeTraces(group ? [group, group] : []);
    expect(Buffer.from(twice).toString('latin1').split('https://example.org/resource')).toHaveLength(2);
    expect(decodeTraces(twice, 'protobuf').groups).toStrictEqual([group, group]);
  });

  it('is nothing where there is nothing', () => {
    expect(encodeTraces([])).toHaveLength(0);
  });
});
