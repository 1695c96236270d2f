import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it } from 'vitest';
import { damaged, randomNumbers } from '../fixtures/damage.ts';
import { toProtobuf } from '../fixtures/encode.ts';
import { sdkLog, sdkSpan } from '../fixtures/every-field.ts';
import { fullLogs, fullTraces } from '../fixtures/requests.ts';
import { admitted, decoded } from './agreement.fixture.ts';
import { encodeLogs, encodeTraces } from './encode.ts';
import { RandomRecords } from './random.fixture.ts';
import { readBody, readKeyValue, readLog, readSpan, readText } from './records.ts';
import { walkLogs } from './walk-logs.ts';
import { walkSpans } from './walk-spans.ts';
import type { Walked } from './walked.ts';

/** Whatever is done to a payload: the walk ends, without an error, within its bytes; and what is admitted is what the object decoder makes of it. */

const written = (bytes: Uint8Array | undefined): Uint8Array => bytes ?? expect.fail('the serialiser wrote nothing');
const sdkTraces = written(ProtobufTraceSerializer.serializeRequest([sdkSpan, sdkSpan]));
const realTraces = [sdkTraces, toProtobuf('traces', fullTraces), sdkTraces, sdkTraces];
const sdkLogs = written(ProtobufLogsSerializer.serializeRequest([sdkLog, sdkLog]));
const realLogs = [sdkLogs, toProtobuf('logs', fullLogs), sdkLogs, sdkLogs];

const originals = 25;
const damages = 400;

/** Of twenty thousand payloads; a busy machine needs it. */
const timeout = 180_000;

function expectRowsWithin(walked: Walked): void {
  const { count, bytes, attributes, texts, sources, attributeFrom, attributeRows, textFrom, textRows } = walked;
  const isWithin =
    attributeFrom.length === count + 1 &&
    textFrom.length === count + 1 &&
    attributeFrom[count] === attributeRows.length &&
    textFrom[count] === textRows.length &&
    attributeRows.every((row) => row < attributes.count) &&
    textRows.every((row) => row < texts.count) &&
    walked.source.every((row) => row < sources.length) &&
    [walked.recordEnd, attributes.end, texts.end].every((ends) => ends.every((end) => end <= bytes.length));
  expect(isWithin).toBe(true);
}

/** By their JSON first: comparing tens of thousands of objects field by field would take minutes. */
function expectAgreement(signal: 'traces' | 'logs', payload: Uint8Array): void {
  const [ours, theirs] = [admitted(signal, payload), decoded(signal, payload)];
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect(ours).toStrictEqual(theirs);
}

function readAttributesAndTexts(walked: Walked): void {
  for (let row = 0; row < walked.attributes.count; row += 1) readKeyValue(walked, row);
  for (let row = 0; row < walked.texts.count; row += 1) readText(walked, row);
}

describe('damaged protobuf', { timeout }, () => {
  it('of spans is walked to the end of what can be read', () => {
    const records = new RandomRecords(randomNumbers(11));
    let clean = 0;
    for (let seed = 0; seed < originals; seed += 1) {
      const original = realTraces[seed % 5] ?? encodeTraces(records.spans());
      for (const payload of damaged(original, seed, damages)) {
        const { walked, irregular } = walkSpans(payload);
        expectRowsWithin(walked);
        readAttributesAndTexts(walked);
        for (let row = 0; row < walked.count; row += 1) readSpan(walked, row);
        if (!irregular) clean += 1;
        expectAgreement('traces', payload);
      }
    }
    expect(clean).toBeGreaterThan(damages / 2);
  });

  it('of log records is walked to the end of what can be read', () => {
    const records = new RandomRecords(randomNumbers(12));
    let clean = 0;
    for (let seed = 0; seed < originals; seed += 1) {
      const original = realLogs[seed % 5] ?? encodeLogs(records.logs());
      for (const payload of damaged(original, seed, damages)) {
        const { walked, irregular } = walkLogs(payload);
        expectRowsWithin(walked);
        readAttributesAndTexts(walked);
        for (let row = 0; row < walked.count; row += 1) {
          readLog(walked, row);
          readBody(walked, row);
        }
        if (!irregular) clean += 1;
        expectAgreement('logs', payload);
      }
    }
    expect(clean).toBeGreaterThan(damages / 2);
  });
});
