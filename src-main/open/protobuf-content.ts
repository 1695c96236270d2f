import type { Signal } from '#proto/model/batch';
import type { Content } from './payload.ts';

/** A field of a protobuf message: number, wire type, and of a length-delimited one its bytes. */
interface Field {
  number: number;
  wireType: number;
  bytes: Uint8Array;
}

const varintType = 0;
const fixed64Type = 1;
const lengthType = 2;
const fixed32Type = 5;
const noBytes = new Uint8Array();

class DamageError extends Error {}

/** The fields of a message (protobuf.dev/programming-guides/encoding). Throws `DamageError` where it is none. */
function* fieldsOf(message: Uint8Array): Generator<Field> {
  let pos = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = message[pos++];
      if (byte === undefined) throw new DamageError();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new DamageError();
  };
  while (pos < message.length) {
    const tag = varint();
    const wireType = tag % 8;
    const number = Math.floor(tag / 8);
    let size = 0;
    if (wireType === varintType) varint();
    else if (wireType === fixed64Type) size = 8;
    else if (wireType === fixed32Type) size = 4;
    else if (wireType === lengthType) size = varint();
    else throw new DamageError();
    if (number === 0 || pos + size > message.length) throw new DamageError();
    yield { number, wireType, bytes: wireType === lengthType ? message.subarray(pos, pos + size) : noBytes };
    pos += size;
  }
}

/** The sub-messages in one field of each message. */
function children(messages: readonly Uint8Array[], number: number): Uint8Array[] {
  return messages
    .flatMap((message) => [...fieldsOf(message)])
    .filter((field) => field.number === number && field.wireType === lengthType)
    .map(({ bytes }) => bytes);
}

/** TracesData, LogsData and MetricsData are nested alike and by the same numbers: resources in 1, scopes in 2, records in 2. */
function recordsOf(data: Uint8Array): Uint8Array[] {
  return children(children(children([data], 1), 2), 2);
}

/** `time_unix_nano` or `observed_time_unix_nano` of a log record. */
function isLogTime({ number, wireType }: Field): boolean {
  return wireType === fixed64Type && (number === 1 || number === 11);
}

/** `body` of a log record; of a metric it is a gauge, and that has a name in field 1 before it. */
function isBody({ number, wireType }: Field): boolean {
  return wireType === lengthType && number === 5;
}

/** By the first field that only one kind of record can have: ids of 16 and 8 bytes, a time in field 1, or a name and then its data. */
function signalOf(record: Uint8Array): Signal | undefined {
  const fields = [...fieldsOf(record)];
  const [first, second] = fields;
  if (first?.number === 1 && first.bytes.length === 16 && second?.number === 2 && second.bytes.length === 8) return 'traces';
  if (fields.some(isLogTime) || (fields.some(isBody) && first?.number !== 1)) return 'logs';
  return first?.number === 1 && first.wireType === lengthType ? 'metrics' : undefined;
}

/** What a protobuf message holds, and which of the three it is; undefined where it is none of them, or empty. */
export function protobufContent(data: Uint8Array): (Content & { signal: Signal }) | undefined {
  try {
    const records = recordsOf(data);
    const signal = records.map(signalOf).find((found) => found !== undefined);
    if (signal === undefined) return undefined;
    return { signal, records: records.length, traceIds: signal === 'traces' ? traceIdsOf(records) : [] };
  } catch (error) {
    if (error instanceof DamageError) return undefined;
    throw error;
  }
}

function traceIdsOf(spans: Uint8Array[]): string[] {
  const ids = new Set<string>();
  for (const span of spans) {
    const [id] = fieldsOf(span);
    if (id?.number === 1 && id.bytes.length === 16) ids.add(Buffer.from(id.bytes).toString('hex'));
  }
  return [...ids];
}
