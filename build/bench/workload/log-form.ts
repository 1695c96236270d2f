import { randomBytes } from 'node:crypto';
import { hash, pick } from './hash.ts';
import { PlaceholderFinder } from './patches.ts';
import { integer, logsRequestType, text } from './protobuf-types.ts';
import { resource } from './span-form.ts';

/** As `SpanForm`, of log records. */
export interface LogForm {
  bytes: Buffer<ArrayBuffer>;
  time: Int32Array;
  observedTime: Int32Array;
  bodyOrder: Int32Array;
  bodyUser: Int32Array;
  bodyMs: Int32Array;
  thread: Int32Array;
  traceId: Int32Array;
  spanId: Int32Array;
}

const fields = ['time', 'observedTime', 'bodyOrder', 'bodyUser', 'bodyMs', 'thread', 'traceId', 'spanId'] as const;

type Placeholders = Record<(typeof fields)[number], Buffer | string>;

const severities = [
  ...Array.from({ length: 14 }, () => ({ severityNumber: 9, severityText: 'INFO' })),
  ...Array.from({ length: 3 }, () => ({ severityNumber: 5, severityText: 'DEBUG' })),
  ...Array.from({ length: 2 }, () => ({ severityNumber: 13, severityText: 'WARN' })),
  { severityNumber: 17, severityText: 'ERROR' },
];

const sentences = [
  'reserved stock of order',
  'payment declined by the bank for order',
  'inventory checked before shipping order',
  'cart converted into order',
  'invoice sent to the owner of order',
  'retrying the label printer for order',
  'cache miss while pricing order',
  'released the lock that was held on order',
];

export function logForm(service: number, variant: number, recordsPerExport: number): LogForm {
  const placeholders = Array.from({ length: recordsPerExport }, newPlaceholders);
  const logRecords = placeholders.map((mine, index) => record(mine, hash(index, 4096 + service * 64 + variant)));
  const scopeLogs = [{ scope: { name: 'app.logger' }, logRecords }];
  const message = logsRequestType.fromObject({ resourceLogs: [{ resource: { attributes: resource(service) }, scopeLogs }] });
  return findPlaces(Buffer.from(logsRequestType.encode(message).finish()), placeholders);
}

function newPlaceholders(): Placeholders {
  const random = randomBytes(64);
  return {
    time: random.subarray(0, 8),
    observedTime: random.subarray(8, 16),
    bodyOrder: random.toString('hex', 16, 22),
    bodyUser: random.toString('hex', 22, 25).slice(0, 5),
    bodyMs: 'MMM',
    thread: 'HHH',
    traceId: random.subarray(32, 48),
    spanId: random.subarray(48, 56),
  };
}

const fixed64 = (bytes: Buffer | string): string =>
  Buffer.from(bytes as Buffer)
    .readBigUInt64LE()
    .toString();

function record(at: Placeholders, seed: number): object {
  const file = pick(['stock', 'billing', 'labels', 'prices'], seed, 1);
  return {
    timeUnixNano: fixed64(at.time),
    observedTimeUnixNano: fixed64(at.observedTime),
    ...pick(severities, seed, 2),
    body: {
      stringValue: `${pick(sentences, seed, 3)} ${String(at.bodyOrder)} of user-${String(at.bodyUser)} in ${String(at.bodyMs)} ms, attempt ${1 + (seed % 3)}`,
    },
    attributes: [
      text('thread.name', `worker-${String(at.thread)}`),
      text('code.function.name', `${file}Handler${seed % 7}`),
      text('code.file.path', `/srv/app/src/${file}/handler-${seed % 7}.js`),
      integer('code.line.number', 20 + (seed % 300)),
      text('http.route', `/api/v2/orders/{id}/${file}`),
      text('log.logger', `app.${file}`),
    ],
    flags: 1,
    traceId: at.traceId,
    spanId: at.spanId,
  };
}

function findPlaces(bytes: Buffer<ArrayBuffer>, placeholders: readonly Placeholders[]): LogForm {
  const places = (): Int32Array => new Int32Array(placeholders.length);
  const form: LogForm = {
    bytes,
    time: places(),
    observedTime: places(),
    bodyOrder: places(),
    bodyUser: places(),
    bodyMs: places(),
    thread: places(),
    traceId: places(),
    spanId: places(),
  };
  const finder = new PlaceholderFinder(bytes);
  // protobufjs writes fields in the order of their numbers, but `observed_time_unix_nano`, number 11, comes after the rest.
  const order = fields.toSorted((a, b) => Number(a === 'observedTime') - Number(b === 'observedTime'));
  placeholders.forEach((placeholder, index) => {
    for (const field of order) form[field][index] = finder.next(placeholder[field]);
  });
  return form;
}
