import type { Backlink, Backlinks } from '#proto/bridge/backlinks';
import type { SpanDetail } from '#proto/bridge/shapes';
import type { TelemetryReader } from '#main/store/interface';
import { serviceNameOf } from '#main/store/sources';

export interface BacklinksOf {
  traceId: string;
  spanId?: string | undefined;
  limit: number;
}

/** Which stored spans link to a trace, or to one span of it. */
export function readBacklinks(reader: TelemetryReader, { traceId, spanId, limit }: BacklinksOf): Backlinks {
  const found = reader.backlinks(traceId, spanId, limit + 1);
  return { items: found.slice(0, limit).flatMap((span) => backlinkOf(span, traceId, spanId)), more: found.length > limit };
}

function backlinkOf(span: SpanDetail, traceId: string, spanId: string | undefined): Backlink[] {
  const link = span.links.find((one) => one.traceId === traceId && (spanId === undefined || one.spanId === spanId));
  if (link === undefined) return [];
  return [
    {
      traceId: span.traceId,
      spanId: span.spanId,
      name: span.name,
      service: serviceNameOf(span.resource),
      kind: span.kind,
      statusCode: span.status.code,
      startTimeUnixNano: span.startTimeUnixNano,
      link,
    },
  ];
}
