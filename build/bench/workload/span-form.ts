import { randomBytes } from 'node:crypto';
import { hash, pick } from './hash.ts';
import { PlaceholderFinder } from './patches.ts';
import { integer, text, traceRequestType } from './protobuf-types.ts';
import { tracesOfService, type SpanShape } from './span-shape.ts';

/** An export of one service, encoded by protobufjs, with the places of all that differs from span to span. */
export interface SpanForm {
  bytes: Buffer<ArrayBuffer>;
  /** One entry a span, here and below: bytes from the start of `bytes`. */
  traceId: Int32Array;
  spanId: Int32Array;
  /** -1 for a root. */
  parentSpanId: Int32Array;
  start: Int32Array;
  end: Int32Array;
  user: Int32Array;
  order: Int32Array;
  tenant: Int32Array;
  size: Int32Array;
  cartValue: Int32Array;
  /** -1 where the span has no event. */
  eventTime: Int32Array;
}

export const serviceName = (service: number): string => `service-${service}`;

const operations = ['carts', 'items', 'orders', 'payments', 'prices', 'reviews', 'sessions', 'shipments', 'stock', 'users'];
const verbs = ['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE'];
const hosts = Array.from({ length: 12 }, (_, index) => `node-${index}.eu-west-1.shop.internal`);
const columns = ['id', 'owner_id', 'session_id', 'warehouse_id'];
const modules = ['checkout', 'ledger', 'inventory', 'pricing', 'gateway', 'mailer', 'session', 'catalogue'];

interface Placeholders {
  traceId: Buffer;
  spanId: Buffer;
  parentSpanId: Buffer | undefined;
  start: Buffer;
  end: Buffer;
  user: string;
  order: string;
  tenant: string;
  size: Buffer;
  cartValue: Buffer;
  eventTime: Buffer | undefined;
}

export function spanForm(shape: SpanShape, service: number, variant: number): SpanForm {
  const traces = tracesOfService(shape, service);
  const placeholders: Placeholders[] = [];
  const spans = Array.from({ length: shape.spansPerExport }, (_, index) => {
    const isRoot = traces[index % traces.length]?.hop === 0 && index < traces.length;
    const seed = hash(index, service * 64 + variant);
    const hasException = seed % 10 === 0;
    const mine = newPlaceholders(isRoot, hasException);
    placeholders.push(mine);
    return span(mine, seed, hasException);
  });
  const scopes = ['http.server', 'db.client', 'app'].map((name, position) => ({
    scope: { name: `io.opentelemetry.${name}`, version: '2.1.0' },
    spans: spans.slice(Math.ceil((spans.length * position) / 3), Math.ceil((spans.length * (position + 1)) / 3)),
  }));
  const message = traceRequestType.fromObject({ resourceSpans: [{ resource: { attributes: resource(service) }, scopeSpans: scopes }] });
  return findPlaces(Buffer.from(traceRequestType.encode(message).finish()), placeholders);
}

/** Eight attributes. */
export function resource(service: number): object[] {
  return [
    text('service.name', serviceName(service)),
    text('service.namespace', 'shop'),
    text('service.version', `1.${service}.3`),
    text('service.instance.id', `c0ffee00-0000-4000-8000-${String(service).padStart(12, '0')}`),
    text('host.name', 'laptop'),
    text('telemetry.sdk.name', 'opentelemetry'),
    text('telemetry.sdk.language', 'nodejs'),
    integer('process.pid', 4000 + service),
  ];
}

/** Texts that occur nowhere else, of the length of what takes their place. */
function newPlaceholders(isRoot: boolean, hasException: boolean): Placeholders {
  const random = randomBytes(64);
  return {
    traceId: random.subarray(0, 16),
    spanId: random.subarray(16, 24),
    parentSpanId: isRoot ? undefined : random.subarray(24, 32),
    start: random.subarray(32, 40),
    end: random.subarray(40, 48),
    user: random.toString('hex', 20, 23).slice(0, 5),
    order: random.toString('hex', 22, 28),
    tenant: 'TTT',
    size: Buffer.from([0x80, 0x80, 0x01]),
    cartValue: random.subarray(48, 56),
    eventTime: hasException ? random.subarray(56, 64) : undefined,
  };
}

const fixed64 = (bytes: Buffer): string => bytes.readBigUInt64LE().toString();

function span(at: Placeholders, seed: number, hasException: boolean): object {
  const operation = pick(operations, seed, 1);
  const verb = pick(verbs, seed, 2);
  return {
    traceId: at.traceId,
    spanId: at.spanId,
    ...(at.parentSpanId === undefined ? {} : { parentSpanId: at.parentSpanId }),
    flags: 0x101,
    name: `${verb} /api/${operation}`,
    kind: 1 + (seed % 5),
    startTimeUnixNano: fixed64(at.start),
    endTimeUnixNano: fixed64(at.end),
    attributes: [
      text('user.id', `user-${at.user}`),
      text('order.id', at.order),
      text('tenant.id', `tenant-${at.tenant}`),
      integer('http.response.body.size', 16_384),
      { key: 'cart.value', value: { doubleValue: at.cartValue.readDoubleLE() } },
      text('http.request.method', verb),
      text('http.route', `/api/v2/${operation}/{id}`),
      integer('http.response.status_code', statusCode(seed, hasException)),
      text('server.address', pick(hosts, seed, 3)),
      { key: 'cache.hit', value: { boolValue: hash(seed, 4) % 3 === 0 } },
      text('db.query.text', `SELECT id, state, total FROM ${operation} WHERE ${pick(columns, seed, 5)} = $1`),
      integer('retry.count', hash(seed, 6) % 4),
    ],
    events: at.eventTime === undefined ? [] : [exception(hash(seed, 7) % 200, fixed64(at.eventTime))],
    status: hasException ? { code: 2, message: 'Unhandled exception' } : {},
  };
}

/** 503 is rare, one in about 500 spans. All are varints of two bytes. */
function statusCode(seed: number, hasException: boolean): number {
  const lot = hash(seed, 8) % 1000;
  if (lot < 2) return 503;
  if (hasException) return 500;
  return lot < 40 ? 404 : 200;
}

/** About a kilobyte; one of 200. */
function exception(which: number, timeUnixNano: string): object {
  const frames = Array.from({ length: 13 }, (_, depth) => {
    const file = pick(modules, which * 16 + depth, 1);
    return `    at ${file}Step${(which + depth) % 40} (/srv/app/src/${file}/step-${depth}.js:${10 + ((which * 7 + depth * 13) % 400)}:${1 + (depth % 30)})`;
  });
  const message = `could not reserve ${pick(operations, which, 2)} in warehouse ${which}`;
  return {
    timeUnixNano,
    name: 'exception',
    attributes: [
      text('exception.type', which % 4 === 0 ? 'TimeoutError' : 'ValueError'),
      text('exception.message', message),
      text('exception.stacktrace', [`ValueError: ${message}`, ...frames].join('\n')),
    ],
  };
}

function findPlaces(bytes: Buffer<ArrayBuffer>, placeholders: readonly Placeholders[]): SpanForm {
  const places = (): Int32Array => new Int32Array(placeholders.length).fill(-1);
  const form: SpanForm = {
    bytes,
    traceId: places(),
    spanId: places(),
    parentSpanId: places(),
    start: places(),
    end: places(),
    user: places(),
    order: places(),
    tenant: places(),
    size: places(),
    cartValue: places(),
    eventTime: places(),
  };
  const finder = new PlaceholderFinder(bytes);
  // protobufjs writes fields in the order of their numbers.
  const order = ['traceId', 'spanId', 'parentSpanId', 'start', 'end', 'user', 'order', 'tenant', 'size', 'cartValue', 'eventTime'] as const;
  placeholders.forEach((placeholder, index) => {
    for (const field of order) {
      const value = placeholder[field];
      if (value !== undefined) form[field][index] = finder.next(value);
    }
  });
  return form;
}
