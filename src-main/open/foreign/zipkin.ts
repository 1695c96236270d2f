import { createHash } from 'node:crypto';
import type { KeyValue } from '#proto/model/any-value';
import { SpanKind, StatusCode, type Span } from '#proto/model/span';
import { resourceOf, SpanGroups, takeFields, type Converted } from './converted.ts';
import { anyValueOf, fieldOf, fieldsOf, idOf, listOf, nanosOf, textOf, unknownFields, wholeOf, type Fields } from './values.ts';

/**
 * Zipkin's v2 JSON (zipkin-api `zipkin2-api.yaml`): a list of spans, times in microseconds. Read as the Collector's Zipkin translator does. In Zipkin both sides of a call may share
 * one span id; here each span has its own, so the receiving side gets one that follows from it and becomes the child of the calling side.
 */

const spanFields = new Set(
  'traceId id parentId name kind timestamp duration localEndpoint remoteEndpoint annotations tags shared debug'.split(' '),
);
const kinds = new Map<unknown, number>([
  ['CLIENT', SpanKind.client],
  ['SERVER', SpanKind.server],
  ['PRODUCER', SpanKind.producer],
  ['CONSUMER', SpanKind.consumer],
]);

export function isZipkinSpan(value: unknown): value is Fields {
  const fields = fieldsOf(value);
  return fields !== undefined && typeof fieldOf(fields, 'traceId') === 'string' && typeof fieldOf(fields, 'id') === 'string';
}

/** `spans`: all of a trace, so that both sides of a call find each other. */
export function convertZipkin(spans: readonly unknown[]): Converted {
  const groups = new SpanGroups();
  const problems: Converted['problems'] = [];
  const calls = new SharedCalls(spans);
  for (const [index, value] of spans.entries()) {
    const fields = fieldsOf(value);
    const traceId = idOf(fieldOf(fields, 'traceId'), 32);
    const spanId = idOf(fieldOf(fields, 'id'), 16);
    if (fields === undefined || traceId === undefined || spanId === undefined) {
      problems.push({ span: index + 1, message: 'has no valid traceId and id' });
      continue;
    }
    const taken = takeFields(attributesOf(fields));
    const service = serviceOf(fields, 'localEndpoint');
    const resource = () => resourceOf(service === '' ? [] : [{ key: 'service.name', value: { stringValue: service } }]);
    groups.add(service, resource, taken.scope, { ...spanOf(fields, taken), traceId, ...calls.idsOf(fields, traceId, spanId) });
  }
  return { groups: groups.groups(), problems };
}

function spanOf(
  fields: Fields,
  { attributes, status, traceState }: ReturnType<typeof takeFields>,
): Omit<Span, 'traceId' | 'spanId' | 'parentSpanId'> {
  const annotations = listOf(fieldOf(fields, 'annotations')).map((annotation) => fieldsOf(annotation) ?? {});
  const ownNs = nanosOf(fieldOf(fields, 'timestamp'));
  const firstNs = annotations.map((annotation) => nanosOf(fieldOf(annotation, 'timestamp'))).find((time) => time !== undefined);
  const startNs = ownNs ?? firstNs ?? 0n;
  const endNs = startNs + (wholeOf(fieldOf(fields, 'duration')) ?? 0n) * 1000n;
  return {
    traceState,
    flags: 0,
    name: textOf(fieldOf(fields, 'name')),
    kind: kinds.get(fieldOf(fields, 'kind')) ?? SpanKind.unspecified,
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(endNs < 0n || endNs >= 2n ** 64n ? startNs : endNs),
    attributes: [...attributes, ...(ownNs === undefined ? [{ key: 'zipkin.absent_timestamp', value: { boolValue: true } }] : [])],
    droppedAttributesCount: 0,
    events: annotations.map((annotation) => ({
      timeUnixNano: String(nanosOf(fieldOf(annotation, 'timestamp')) ?? 0n),
      name: textOf(fieldOf(annotation, 'value')),
      attributes: [],
      droppedAttributesCount: 0,
    })),
    droppedEventsCount: 0,
    links: [],
    droppedLinksCount: 0,
    status: withError(status, fields),
  };
}

/** The tag `error` says that a span has failed, whatever its value, and often why (Zipkin, "Instrumentation library", error). */
function withError(status: Span['status'], fields: Fields): Span['status'] {
  const error = errorOf(fields);
  if (error === undefined || status.code === StatusCode.error) return status;
  return { code: StatusCode.error, message: error === 'true' ? status.message : error };
}

function errorOf(fields: Fields): string | undefined {
  const error = fieldOf(fieldsOf(fieldOf(fields, 'tags')), 'error');
  return typeof error === 'string' && error !== 'false' ? error : undefined;
}

function attributesOf(fields: Fields): KeyValue[] {
  const tags = Object.entries(fieldsOf(fieldOf(fields, 'tags')) ?? {});
  const kind = fieldOf(fields, 'kind');
  return [
    ...tags.map(([key, value]) => ({ key, value: anyValueOf(value) })),
    ...endpointAttributes(fieldsOf(fieldOf(fields, 'localEndpoint')), 'local'),
    ...endpointAttributes(fieldsOf(fieldOf(fields, 'remoteEndpoint')), 'peer'),
    ...peerService(serviceOf(fields, 'remoteEndpoint'), tags),
    ...(fieldOf(fields, 'debug') === true ? [{ key: 'zipkin.debug', value: { boolValue: true } }] : []),
    ...(kind === undefined || kind === null || kinds.has(kind) ? [] : [{ key: 'zipkin.kind', value: anyValueOf(kind) }]),
    ...unknownFields(fields, spanFields, 'zipkin.'),
  ];
}

function peerService(name: string, tags: readonly [string, unknown][]): KeyValue[] {
  return name === '' || tags.some(([key]) => key === 'peer.service') ? [] : [{ key: 'peer.service', value: { stringValue: name } }];
}

/** Semantic conventions, "Network": an address may be of either version, and Zipkin may say both. */
function endpointAttributes(endpoint: Fields | undefined, side: 'local' | 'peer'): KeyValue[] {
  const addresses = [fieldOf(endpoint, 'ipv4'), fieldOf(endpoint, 'ipv6')].filter(
    (address) => typeof address === 'string' && address !== '',
  );
  const port = fieldOf(endpoint, 'port');
  return [
    ...addresses.map((address, index) => ({ key: `network.${side}.address${index === 0 ? '' : '.ipv6'}`, value: anyValueOf(address) })),
    ...(port === undefined || port === null || port === 0 ? [] : [{ key: `network.${side}.port`, value: anyValueOf(port) }]),
  ];
}

function serviceOf(fields: Fields, side: 'localEndpoint' | 'remoteEndpoint'): string {
  return textOf(fieldOf(fieldsOf(fieldOf(fields, side)), 'serviceName'));
}

/** Calls of which both sides are there under one id. */
class SharedCalls {
  /** By trace and span id: the services of the receiving sides. */
  readonly #receivers = new Map<string, Set<string>>();

  constructor(spans: readonly unknown[]) {
    const callers = new Set<string>();
    const each = spans.flatMap((value) =>
      isZipkinSpan(value) ? [{ fields: value, key: callKey(fieldOf(value, 'traceId'), fieldOf(value, 'id')) }] : [],
    );
    for (const { fields, key } of each) if (fieldOf(fields, 'shared') !== true) callers.add(key);
    for (const { fields, key } of each) {
      if (fieldOf(fields, 'shared') !== true || !callers.has(key)) continue;
      const services = this.#receivers.get(key) ?? new Set();
      this.#receivers.set(key, services.add(serviceOf(fields, 'localEndpoint')));
    }
  }

  idsOf(fields: Fields, traceId: string, spanId: string): Pick<Span, 'spanId' | 'parentSpanId'> {
    const service = serviceOf(fields, 'localEndpoint');
    if (fieldOf(fields, 'shared') === true && this.#receivers.has(callKey(traceId, spanId)))
      return { spanId: receivingId(traceId, spanId, service), parentSpanId: spanId };
    const parentSpanId = idOf(fieldOf(fields, 'parentId'), 16) ?? '';
    // What the receiving service did while it was called.
    const isInside = this.#receivers.get(callKey(traceId, parentSpanId))?.has(service) === true;
    return { spanId, parentSpanId: isInside ? receivingId(traceId, parentSpanId, service) : parentSpanId };
  }
}

function callKey(traceId: unknown, spanId: unknown): string {
  return `${idOf(traceId, 32) ?? ''} ${idOf(spanId, 16) ?? ''}`;
}

/** The same whenever the file is read. */
function receivingId(traceId: string, spanId: string, service: string): string {
  return createHash('sha256')
    .update(JSON.stringify([traceId, spanId, service]))
    .digest('hex')
    .slice(0, 16);
}
