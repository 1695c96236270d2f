import { JsonLogsSerializer, JsonTraceSerializer, ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { Encoding } from '#proto/model/batch';
import { damaged, randomNumbers } from '#main/decode/fixtures/damage';
import { toJson, toProtobuf } from '#main/decode/fixtures/encode';
import { sdkLog, sdkSpan } from '#main/decode/fixtures/every-field';
import { fullLogs, fullTraces } from '#main/decode/fixtures/requests';
import { logsRequest, spanOf, spansRequest } from './telemetry.fixture.ts';

/** Real payloads with damage, the same ones for the same seed. */

export type Signal = 'traces' | 'logs';

const small = {
  traces: spansRequest(Array.from({ length: 3 }, (_, number) => spanOf('5b8efff798038103d269b633813fc60c', number))),
  logs: logsRequest([
    { timeUnixNano: '1', body: { stringValue: 'one' } },
    { severityNumber: 17, body: { intValue: '2' } },
  ]),
};

/** By OpenTelemetry's own SDK, with every field there is, and small ones of which damage hits the envelopes. */
function originals(signal: Signal, encoding: Encoding): Buffer[] {
  const sdk =
    signal === 'traces'
      ? (encoding === 'json' ? JsonTraceSerializer : ProtobufTraceSerializer).serializeRequest([sdkSpan])
      : (encoding === 'json' ? JsonLogsSerializer : ProtobufLogsSerializer).serializeRequest([sdkLog]);
  const full = signal === 'traces' ? fullTraces : fullLogs;
  const ours = [full, small[signal]].map((request) => (encoding === 'json' ? toJson(request) : toProtobuf(signal, request)));
  return [sdk ?? new Uint8Array(), ...ours].map((bytes) => Buffer.from(bytes));
}

/** Field 0, groups, a varint of eleven bytes, lengths that lie: what chance seldom makes. */
const bait = ['00', '0001', '0b', '0c', 'ff'.repeat(11), '0affffffff0f', '1affffffffffffffff7f', '09'].map((hex) =>
  Buffer.from(hex, 'hex'),
);

export function* damagedPayloads(signal: Signal, encoding: Encoding, seed: number, count: number): Generator<Buffer> {
  const random = randomNumbers(seed);
  const whole = originals(signal, encoding);
  const pick = (): Buffer => whole[random(whole.length)] ?? Buffer.alloc(0);
  const batch = 12;
  for (let made = 0; made < count; made += batch) yield* damaged(original(), random(2 ** 31), Math.min(batch, count - made));

  function original(): Buffer {
    const first = pick();
    const at = random(first.length);
    if (random(4) === 0) return Buffer.concat([first.subarray(0, at), pick().subarray(at)]);
    if (random(4) === 0) return Buffer.concat([first.subarray(0, at), bait[random(bait.length)] ?? first, first.subarray(at)]);
    return first;
  }
}
