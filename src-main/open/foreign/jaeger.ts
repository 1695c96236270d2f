import type { AnyValue, KeyValue } from '#proto/model/any-value';
import type { Resource } from '#proto/model/resource';
import { SpanKind, StatusCode, type Span, type SpanEvent, type SpanLink } from '#proto/model/span';
import { kindsByName, resourceOf, SpanGroups, takeFields, type Converted } from './converted.ts';
import { anyValueOf, fieldOf, fieldsOf, idOf, intValue, listOf, nanosOf, textOf, unknownFields, wholeOf, type Fields } from './values.ts';

/**
 * Jaeger's JSON, as its UI saves it and its `/api/traces` gives it (jaeger-ui `types/trace.ts`, jaeger `internal/uimodel`): times in microseconds, ids without leading zeros, a
 * table of processes for each trace. Read as the Collector's Jaeger translator does, except that resource attributes keep the names they have.
 */

const spanFields = new Set(
  'traceID spanID parentSpanID operationName references flags startTime duration tags logs processID process warnings'.split(' '),
);

export function isJaegerTrace(value: unknown): value is Fields {
  const fields = fieldsOf(value);
  return fields !== undefined && Array.isArray(fieldOf(fields, 'spans')) && typeof fieldOf(fields, 'traceID') === 'string';
}

export function convertJaeger(trace: Fields): Converted {
  const processes = fieldsOf(fieldOf(trace, 'processes'));
  const groups = new SpanGroups();
  const problems: Converted['problems'] = [];
  for (const [index, value] of listOf(fieldOf(trace, 'spans')).entries()) {
    const fields = fieldsOf(value);
    const ids = fields && idsOf(fields, trace);
    if (fields === undefined || ids === undefined) {
      problems.push({ span: index + 1, message: 'has no valid traceID, spanID and startTime' });
      continue;
    }
    const taken = takeFields(attributesOf(listOf(fieldOf(fields, 'tags'))));
    const span = spanOf(fields, ids, taken, index === 0 ? listOf(fieldOf(trace, 'warnings')) : []);
    const processId = textOf(fieldOf(fields, 'processID'));
    const own = fieldsOf(fieldOf(fields, 'process'));
    const process = own ?? fieldsOf(fieldOf(processes, processId));
    groups.add(own === undefined ? `id ${processId}` : JSON.stringify(own), () => resourceOfProcess(process, processId), taken.scope, span);
  }
  return { groups: groups.groups(), problems };
}

interface Ids {
  traceId: string;
  spanId: string;
  startNs: bigint;
}

function idsOf(fields: Fields, trace: Fields): Ids | undefined {
  const traceId = idOf(fieldOf(fields, 'traceID') ?? fieldOf(trace, 'traceID'), 32);
  const spanId = idOf(fieldOf(fields, 'spanID'), 16);
  const startNs = nanosOf(fieldOf(fields, 'startTime'));
  return traceId === undefined || spanId === undefined || startNs === undefined ? undefined : { traceId, spanId, startNs };
}

function spanOf(
  fields: Fields,
  { traceId, spanId, startNs }: Ids,
  taken: ReturnType<typeof takeFields>,
  traceWarnings: readonly unknown[],
): Span {
  const { attributes, status, traceState } = taken;
  const { parentSpanId, links } = referencesOf(fields, traceId);
  const flags = Number(wholeOf(fieldOf(fields, 'flags')) ?? 0n);
  const durationNs = (wholeOf(fieldOf(fields, 'duration')) ?? 0n) * 1000n;
  const isFailed = takeOut(attributes, 'error', (value) =>
    'boolValue' in value ? value.boolValue : 'stringValue' in value && value.stringValue === 'true',
  );
  return {
    traceId,
    spanId,
    traceState,
    parentSpanId,
    // Jaeger's second flag is "debug", which W3C's second one is not.
    flags: flags & 1,
    name: textOf(fieldOf(fields, 'operationName')),
    kind: takeKind(attributes),
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(endOf(startNs, durationNs)),
    attributes: [
      ...attributes,
      ...(flags > 1 ? [{ key: 'jaeger.flags', value: { intValue: String(flags) } }] : []),
      ...warningsOf('jaeger.warnings', listOf(fieldOf(fields, 'warnings'))),
      ...warningsOf('jaeger.trace.warnings', traceWarnings),
      ...unknownFields(fields, spanFields, 'jaeger.'),
    ],
    droppedAttributesCount: 0,
    events: listOf(fieldOf(fields, 'logs')).map(eventOf),
    droppedEventsCount: 0,
    links,
    droppedLinksCount: 0,
    status: isFailed && status.code === StatusCode.unset ? { ...status, code: StatusCode.error } : status,
  };
}

function endOf(startNs: bigint, durationNs: bigint): bigint {
  const endNs = startNs + durationNs;
  return endNs < 0n || endNs >= 2n ** 64n ? startNs : endNs;
}

/** The first reference into the same trace is the parent, one that says CHILD_OF before one that says FOLLOWS_FROM; every other one, and what is no plain parent, is a link. */
function referencesOf(fields: Fields, traceId: string): { parentSpanId: string; links: SpanLink[] } {
  const references = listOf(fieldOf(fields, 'references')).flatMap((value) => {
    const reference = fieldsOf(value);
    const spanId = idOf(fieldOf(reference, 'spanID'), 16);
    const target = idOf(fieldOf(reference, 'traceID'), 32) ?? traceId;
    return spanId === undefined ? [] : [{ type: textOf(fieldOf(reference, 'refType')), traceId: target, spanId }];
  });
  const inTrace = references.filter((reference) => reference.traceId === traceId);
  const parent = inTrace.find(({ type }) => type === 'CHILD_OF') ?? inTrace[0];
  const links = references.filter((reference) => reference !== parent || reference.type !== 'CHILD_OF').map(linkOf);
  return { parentSpanId: parent?.spanId ?? idOf(fieldOf(fields, 'parentSpanID'), 16) ?? '', links };
}

/** Semantic conventions, "OpenTracing Compatibility": what sort of reference a link was. */
function linkOf({ type, traceId, spanId }: { type: string; traceId: string; spanId: string }): SpanLink {
  const attributes = type === '' ? [] : [{ key: 'opentracing.ref_type', value: { stringValue: type.toLowerCase() } }];
  return { traceId, spanId, traceState: '', attributes, droppedAttributesCount: 0, flags: 0 };
}

function eventOf(value: unknown): SpanEvent {
  const log = fieldsOf(value) ?? {};
  const attributes = attributesOf(listOf(fieldOf(log, 'fields')));
  const at = attributes.findIndex(({ key, value: name }) => key === 'event' && 'stringValue' in name);
  const [named] = at < 0 ? [] : attributes.splice(at, 1);
  return {
    timeUnixNano: String(nanosOf(fieldOf(log, 'timestamp')) ?? 0n),
    name: named !== undefined && 'stringValue' in named.value ? (named.value.stringValue ?? '') : '',
    attributes,
    droppedAttributesCount: 0,
  };
}

function attributesOf(tags: readonly unknown[]): KeyValue[] {
  return tags.flatMap((value) => {
    const tag = fieldsOf(value);
    return tag === undefined
      ? []
      : [{ key: textOf(fieldOf(tag, 'key')), value: typedValue(textOf(fieldOf(tag, 'type')), fieldOf(tag, 'value')) }];
  });
}

/** Jaeger names the type of each value: string, bool, int64, float64, binary. What is not of its type stays what it is. */
function typedValue(type: string, value: unknown): AnyValue {
  switch (type) {
    case 'bool':
      return value === 'true' || value === 'false' ? { boolValue: value === 'true' } : anyValueOf(value);
    case 'int64': {
      const whole = typeof value === 'number' && !Number.isInteger(value) ? undefined : wholeOf(value);
      return (whole === undefined ? undefined : intValue(whole)) ?? anyValueOf(value);
    }
    case 'float64': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number)
        ? { doubleValue: Object.is(number, -0) ? '-0' : number }
        : anyValueOf(value);
    }
    case 'binary':
      return typeof value === 'string' && isBase64(value) ? { bytesValue: value } : anyValueOf(value);
    default:
      return anyValueOf(value);
  }
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function takeKind(attributes: KeyValue[]): number {
  let kind: number = SpanKind.unspecified;
  takeOut(attributes, 'span.kind', (value) => {
    const known = 'stringValue' in value ? kindsByName.get((value.stringValue ?? '').toLowerCase()) : undefined;
    kind = known ?? kind;
    return known !== undefined;
  });
  return kind;
}

/** Takes the attribute away where the field that it becomes says all of it. */
function takeOut(attributes: KeyValue[], key: string, isTaken: (value: AnyValue) => boolean): boolean {
  const at = attributes.findIndex((attribute) => attribute.key === key);
  const found = attributes[at];
  if (found === undefined || !isTaken(found.value)) return false;
  attributes.splice(at, 1);
  return true;
}

function warningsOf(key: string, warnings: readonly unknown[]): KeyValue[] {
  return warnings.length === 0 ? [] : [{ key, value: { arrayValue: { values: warnings.map(anyValueOf) } } }];
}

function resourceOfProcess(process: Fields | undefined, processId: string): Resource {
  const name = textOf(fieldOf(process, 'serviceName'));
  return resourceOf([
    ...(name === '' ? [] : [{ key: 'service.name', value: { stringValue: name } }]),
    ...attributesOf(listOf(fieldOf(process, 'tags'))),
    ...(process === undefined && processId !== '' ? [{ key: 'jaeger.processID', value: { stringValue: processId } }] : []),
  ]);
}
