import type { OtlpPage, ResourceLogs, ResourceSpans } from '#proto/bridge/otlp-export';
import type { SpanDetail } from '#proto/bridge/shapes';
import { LogRecord } from '#proto/model/log';
import type { Resource, Scope } from '#proto/model/resource';
import type { LogPosition, SpanPosition, TelemetryReader } from '#main/store/interface';
import { readCursor, writeCursor } from './cursor.ts';

export interface OtlpPageInput {
  traceId: string;
  /** Spans, or log records, of a page. */
  limit: number;
  /** Whether the log records of the trace come behind its spans. */
  logs: boolean;
  /** Only this span. */
  spanId?: string | undefined;
  cursor?: string | undefined;
}

/** A cursor's first number: what the page that it asks for begins with. */
const phase = { spans: 0n, logs: 1n };

/** A page of a trace as OTLP/JSON, in order of start: first its spans, then, where asked for, its log records. `undefined` where no span of it is stored. */
export function readOtlpPage(reader: TelemetryReader, { traceId, limit, logs, spanId, cursor }: OtlpPageInput): OtlpPage | undefined {
  if (spanId !== undefined) {
    const span = reader.span(traceId, spanId);
    return span && { resourceSpans: resourceSpansOf([span]) };
  }
  const [at = phase.spans, time = 0n, id = 0n] = cursor === undefined ? [] : readCursor(cursor, 3);
  return reader.snapshot(() => {
    if (reader.traceSummary(traceId) === undefined) return undefined;
    if (at === phase.logs) return logPage(reader, traceId, limit, id === 0n ? undefined : { effectiveTimeNs: time, id: Number(id) });
    const page = spanPage(reader, traceId, limit, cursor === undefined ? undefined : { startNs: time, id: Number(id) });
    return page.nextCursor === undefined && logs ? { ...page, nextCursor: writeCursor(phase.logs, 0n, 0) } : page;
  });
}

function spanPage(reader: TelemetryReader, traceId: string, limit: number, after: SpanPosition | undefined): OtlpPage {
  const found = reader.spans(traceId, limit + 1, after);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const resourceSpans = resourceSpansOf(page.map(({ span }) => span));
  return found.length > limit && last !== undefined
    ? { resourceSpans, nextCursor: writeCursor(phase.spans, last.startNs, last.id) }
    : { resourceSpans };
}

function resourceSpansOf(spans: readonly SpanDetail[]): ResourceSpans[] {
  return grouped(spans).map(({ resource, scopes }) => ({
    ...resource,
    scopeSpans: scopes.map(({ scope, items }) => ({ ...scope, spans: items.map(spanOf) })),
  }));
}

function logPage(reader: TelemetryReader, traceId: string, limit: number, after: LogPosition | undefined): OtlpPage {
  const everything = { query: { kind: 'and' as const, of: [] }, spanId: undefined, minSeverity: 0, order: 'oldest' as const };
  const found = reader.findLogs({ ...everything, traceId, limit: limit + 1, after });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const resourceLogs: ResourceLogs[] = grouped(page.map(({ log }) => log)).map(({ resource, scopes }) => ({
    ...resource,
    scopeLogs: scopes.map(({ scope, items }) => ({ ...scope, logRecords: items.map((item) => withoutDefaults(LogRecord.parse(item))) })),
  }));
  return found.length > limit && last !== undefined
    ? { resourceLogs, nextCursor: writeCursor(phase.logs, last.effectiveTimeNs, last.id) }
    : { resourceLogs };
}

function spanOf({ resource: _resource, scope: _scope, events, links, status, ...span }: SpanDetail): Record<string, unknown> {
  return withoutDefaults({
    ...span,
    events: events.map(withoutDefaults),
    links: links.map(withoutDefaults),
    status: status.code === 0 && status.message === '' ? undefined : withoutDefaults(status),
  });
}

interface Grouped<Item> {
  resource: ReturnType<typeof resourceOf>;
  scopes: { scope: ReturnType<typeof scopeOf>; items: Item[] }[];
}

/** By resource, and in it by scope, in the order in which they first occur. */
function grouped<Item extends { resource: Resource; scope: Scope }>(records: readonly Item[]): Grouped<Item>[] {
  const resources = new Map<string, Grouped<Item>>();
  const scopes = new Map<string, Item[]>();
  for (const record of records) {
    const resourceKey = JSON.stringify(record.resource);
    const scopeKey = `${resourceKey} ${JSON.stringify(record.scope)}`;
    let items = scopes.get(scopeKey);
    if (items === undefined) {
      const group = resources.get(resourceKey) ?? { resource: resourceOf(record.resource), scopes: [] };
      resources.set(resourceKey, group);
      items = [];
      scopes.set(scopeKey, items);
      group.scopes.push({ scope: scopeOf(record.scope), items });
    }
    items.push(record);
  }
  return [...resources.values()];
}

/** The schema URL belongs to the envelope. */
function resourceOf({ schemaUrl, ...resource }: Resource) {
  return { resource: withoutDefaults(resource), ...withoutDefaults({ schemaUrl }) };
}

function scopeOf({ schemaUrl, ...scope }: Scope) {
  return { scope: withoutDefaults(scope), ...withoutDefaults({ schemaUrl }) };
}

/** Protobuf writes no field that has its default value. */
function withoutDefaults<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isDefault(value))) as Partial<Fields>;
}

function isDefault(value: unknown): boolean {
  return value === undefined || value === '' || value === 0 || value === '0' || (Array.isArray(value) && value.length === 0);
}
