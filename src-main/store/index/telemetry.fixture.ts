import type { AnyValue, KeyValue } from '#proto/model/any-value';
import { displayValue } from '#proto/model/display-value';
import { toProtobuf, type JsonMessage } from '#main/decode/fixtures/encode';
import { walkLogs } from '#main/decode/walk/walk-logs';
import { walkSpans } from '#main/decode/walk/walk-spans';
import type { WalkedLogs, WalkedSpans } from '#main/decode/walk/walked';
import type { Random } from './random.fixture.ts';

/** Small random telemetry, with few enough values that queries find some of it. */

export interface MadeSpan {
  traceId: string;
  spanId: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status: { code: number; message: string };
  attributes: KeyValue[];
  events: { name: string; attributes: KeyValue[] }[];
}

export interface MadeLog {
  timeUnixNano: string;
  observedTimeUnixNano: string;
  severityNumber: number;
  severityText: string;
  body?: AnyValue;
  eventName: string;
  attributes: KeyValue[];
}

const keys = ['http.method', 'http.request.method', 'Größe', 'queue.length', 'order-id', '', 'id'];
const texts = [
  'GET',
  'get',
  'connection refused',
  'Verbindung fehlgeschlagen: Größe',
  '',
  '503',
  ' 12 ',
  '1e3',
  '0x10',
  'a1b2c3d4e5',
  'abcde',
  'abcdef',
  'nul\0ende',
  '検索 エラー',
  '\ue000\u{10400}x',
  'e\u0301te\u0301',
];

export function randomValue(random: Random): AnyValue {
  switch (random.below(9)) {
    case 0:
      return { intValue: String(BigInt.asIntN(64, random.u64() * (random.below(2) === 0 ? 1n : -1n))) };
    case 1:
      return { doubleValue: random.pick([0.5, -1e21, 1e-9, 3, 'NaN', 'Infinity', '-Infinity', '-0'] as const) };
    case 2:
      return { boolValue: random.below(2) === 0 };
    case 3:
      return { bytesValue: 'AP8QgA==' };
    case 4:
      return { arrayValue: { values: random.list(2, () => ({ stringValue: random.pick(texts) })) } };
    case 5:
      return { kvlistValue: { values: [{ key: random.pick(keys), value: { intValue: '7' } }] } };
    case 6:
      return {};
    default:
      return { stringValue: random.pick(texts) };
  }
}

function randomAttributes(random: Random): KeyValue[] {
  return random.list(4, () => ({ key: random.pick(keys), value: randomValue(random) }));
}

function randomId(random: Random, bytes: number): string {
  return Array.from({ length: bytes / 4 }, () => (random.u32() | 1).toString(16).replace('-', '').padStart(8, '1')).join('');
}

export function randomSpan(random: Random): MadeSpan {
  const start = random.u64();
  return {
    traceId: randomId(random, 16),
    spanId: randomId(random, 8),
    name: random.pick(['GET /cart', 'größe', '', 'abcde', 'connection']),
    kind: random.pick([0, 1, 2, 3, 5, 99]),
    startTimeUnixNano: start.toString(),
    endTimeUnixNano: BigInt.asUintN(64, start + random.pick([0n, 5n, 999_999_999n, 1_000_000_000n, 2n ** 40n])).toString(),
    status: { code: random.pick([0, 1, 2, 2, 7]), message: random.pick(['', 'it failed']) },
    attributes: randomAttributes(random),
    events: random.list(2, () => ({ name: random.pick(['exception', '']), attributes: randomAttributes(random) })),
  };
}

export function randomLog(random: Random): MadeLog {
  return {
    timeUnixNano: random.pick(['0', random.u64().toString()]),
    observedTimeUnixNano: random.pick(['0', random.u64().toString()]),
    severityNumber: random.pick([0, 1, 9, 17, 24, 25, 300]),
    severityText: random.pick(['', 'WARN']),
    ...(random.below(8) === 0 ? {} : { body: randomValue(random) }),
    eventName: random.pick(['', 'payment.failed']),
    attributes: randomAttributes(random),
  };
}

export function walkedSpansOf(spans: readonly MadeSpan[]): WalkedSpans {
  const scopeSpans = [{ spans: spans as unknown as JsonMessage[] }];
  return walkSpans(toProtobuf('traces', { resourceSpans: [{ scopeSpans }] })).walked;
}

export function walkedLogsOf(logs: readonly MadeLog[]): WalkedLogs {
  const scopeLogs = [{ logRecords: logs as unknown as JsonMessage[] }];
  return walkLogs(toProtobuf('logs', { resourceLogs: [{ scopeLogs }] })).walked;
}

/** A record as a search sees it. */
export interface Searched {
  attributes: readonly KeyValue[];
  fields: readonly string[];
}

export function searchedSpan({ name, status, attributes, events }: MadeSpan): Searched {
  const all = [...attributes, ...events.flatMap((event) => event.attributes)];
  return { attributes: all, fields: [name, status.message, ...events.map((event) => event.name), ...fieldsOf(all)] };
}

export function searchedLog({ severityText, eventName, body, attributes }: MadeLog): Searched {
  return { attributes, fields: [severityText, eventName, body === undefined ? '' : displayValue(body), ...fieldsOf(attributes)] };
}

function fieldsOf(attributes: readonly KeyValue[]): string[] {
  return attributes.map(({ key, value }) => `${key} ${displayValue(value)}`);
}
