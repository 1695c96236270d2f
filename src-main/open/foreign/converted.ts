import type { KeyValue } from '#proto/model/any-value';
import type { ScopedRecords } from '#proto/model/batch';
import type { Resource, Scope } from '#proto/model/resource';
import { SpanKind, StatusCode, type Span } from '#proto/model/span';

/** Spans of another format as OpenTelemetry's. */
export interface Converted {
  groups: ScopedRecords<Span>[];
  /** Of what is no span, why; its place among the spans, from 1. */
  problems: { span: number; message: string }[];
}

/** Attributes in which exporters of OpenTelemetry put what the other format has no field for (specification, "Transformation to non-OTLP formats"). */
const fieldAttributes = {
  statusCode: 'otel.status_code',
  statusMessage: 'otel.status_description',
  traceState: 'w3c.tracestate',
  scopeName: ['otel.scope.name', 'otel.library.name'],
  scopeVersion: ['otel.scope.version', 'otel.library.version'],
} as const;

const statusCodes = new Map<string, number>([
  ['OK', StatusCode.ok],
  ['ERROR', StatusCode.error],
  ['UNSET', StatusCode.unset],
]);

export const kindsByName = new Map<string, number>(Object.entries(SpanKind));

export interface TakenFields {
  attributes: KeyValue[];
  status: Span['status'];
  traceState: string;
  scope: Scope;
}

/** Takes what has a field of its own in OTLP out of the attributes. */
export function takeFields(attributes: readonly KeyValue[]): TakenFields {
  const rest = [...attributes];
  const take = (...keys: readonly string[]): string => {
    const at = rest.findIndex(({ key, value }) => keys.includes(key) && 'stringValue' in value);
    const [taken] = at < 0 ? [] : rest.splice(at, 1);
    return taken !== undefined && 'stringValue' in taken.value ? (taken.value.stringValue ?? '') : '';
  };
  const codeText = take(fieldAttributes.statusCode);
  const code = statusCodes.get(codeText.toUpperCase());
  if (code === undefined && codeText !== '') rest.push({ key: fieldAttributes.statusCode, value: { stringValue: codeText } });
  return {
    status: { code: code ?? StatusCode.unset, message: take(fieldAttributes.statusMessage) },
    traceState: take(fieldAttributes.traceState),
    scope: scopeOf(take(...fieldAttributes.scopeName), take(...fieldAttributes.scopeVersion)),
    attributes: rest,
  };
}

export function scopeOf(name: string, version: string): Scope {
  return { name, version, attributes: [], droppedAttributesCount: 0, schemaUrl: '' };
}

export function resourceOf(attributes: KeyValue[]): Resource {
  return { attributes, droppedAttributesCount: 0, entityRefs: [], schemaUrl: '' };
}

/** Collects spans by what they came under; neighbours in the result share a resource. */
export class SpanGroups {
  readonly #byResource = new Map<string, { resource: Resource; scopes: Map<string, ScopedRecords<Span>> }>();

  /** `key`: the same for all spans of one resource. */
  add(key: string, resource: () => Resource, scope: Scope, span: Span): void {
    let group = this.#byResource.get(key);
    if (group === undefined) this.#byResource.set(key, (group = { resource: resource(), scopes: new Map() }));
    const scopeKey = JSON.stringify([scope.name, scope.version]);
    const records = group.scopes.get(scopeKey);
    if (records === undefined) group.scopes.set(scopeKey, { resource: group.resource, scope, items: [span] });
    else records.items.push(span);
  }

  groups(): ScopedRecords<Span>[] {
    return [...this.#byResource.values()].flatMap(({ scopes }) => [...scopes.values()]);
  }
}
